package org.symbolon.soft.foreign;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PKCS7Padding;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Pin;
import org.symbolon.TokenException;
import org.symbolon.soft.engine.KeyCompletion;
import org.symbolon.soft.engine.KeyEncoding;
import org.symbolon.soft.object.ObjectKind;
import org.symbolon.soft.object.SecretValues;

/**
 * Writes private keys that may leave their token into files: PKCS #8, plain or encrypted (PBES2: PBKDF2 with HMAC-SHA-256 and
 * 600,000 rounds, AES-256-CBC), and PKCS #12 around it. Thread-safe.
 */
public final class KeyFileWriter {
    private static final int ROUNDS = 600_000;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BITS = 256;
    private static final int PEM_WIDTH = 64;

    private KeyFileWriter() {}

    /**
     * Returns a key in PKCS #8 (RFC 5958), in the clear.
     *
     * @param key a private key's attributes with its secret values
     * @return the DER encoding, which the caller wipes
     * @throws TokenException if the attributes make no key
     */
    public static byte[] pkcs8(Attributes key) throws TokenException {
        Attributes complete = KeyCompletion.complete(
                key.without(Attribute.CHECK_VALUE), ObjectKind.of(key).secrets());
        try {
            return KeyEncoding.pkcs8(complete);
        } finally {
            SecretValues.wipe(complete);
        }
    }

    /**
     * Returns a key in PKCS #8, encrypted.
     *
     * @param key a private key's attributes with its secret values
     * @param passphrase the passphrase
     * @return the DER encoding
     * @throws TokenException if the attributes make no key
     */
    public static byte[] encryptedPkcs8(Attributes key, Pin passphrase) throws TokenException {
        byte[] clear = pkcs8(key);
        try {
            return encrypt(clear, passphrase);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    private static byte[] encrypt(byte[] clear, Pin passphrase) {
        byte[] salt = random();
        byte[] iv = random();
        AlgorithmIdentifier prf = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
        KeyDerivationFunc function =
                new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(salt, ROUNDS, prf));
        try {
            byte[] key = PasswordCipher.key(function, passphrase, KEY_BITS, DerivationBudget.ofFile());
            PaddedBufferedBlockCipher cipher = new PaddedBufferedBlockCipher(
                    CBCBlockCipher.newInstance(AESEngine.newInstance()), new PKCS7Padding());
            cipher.init(true, new ParametersWithIV(new KeyParameter(key), iv));
            Arrays.fill(key, (byte) 0);
            byte[] encrypted = new byte[cipher.getOutputSize(clear.length)];
            int length = cipher.processBytes(clear, 0, clear.length, encrypted, 0);
            cipher.doFinal(encrypted, length);
            EncryptionScheme scheme = new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv));
            AlgorithmIdentifier algorithm =
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, new PBES2Parameters(function, scheme));
            return new EncryptedPrivateKeyInfo(algorithm, encrypted).getEncoded();
        } catch (IOException | InvalidCipherTextException e) {
            throw new AssertionError("encryption in memory does not fail", e);
        }
    }

    private static byte[] random() {
        byte[] random = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(random);
        return random;
    }

    /**
     * Returns a key with its certificates in PKCS #12 (RFC 7292).
     *
     * @param name the key's friendly name
     * @param key a private key's attributes with its secret values
     * @param chain its certificates in DER, its own first; at least one
     * @param passphrase the passphrase
     * @return the file
     * @throws TokenException if the attributes make no key
     * @throws IllegalArgumentException if a certificate is malformed, or none is given
     */
    public static byte[] pkcs12(String name, Attributes key, List<Bytes> chain, Pin passphrase) throws TokenException {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a key in PKCS #12 has a certificate; this one has none in its token");
        }
        byte[] encrypted = encryptedPkcs8(key, passphrase);
        char[] password = passphrase.toChars();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            Certificate[] certificates = new Certificate[chain.size()];
            for (int i = 0; i < certificates.length; i++) {
                certificates[i] = factory.generateCertificate(
                        new ByteArrayInputStream(chain.get(i).toByteArray()));
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(name, encrypted, certificates);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password);
            return out.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificates make no PKCS #12 file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new AssertionError("writing into memory does not fail", e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /**
     * Returns an encoding as a PEM block (RFC 7468).
     *
     * @param label {@code PRIVATE KEY} or {@code ENCRYPTED PRIVATE KEY}
     * @param der the encoding
     * @return the block in ASCII, which the caller wipes
     */
    public static byte[] pem(String label, byte[] der) {
        byte[] begin = ("-----BEGIN " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
        byte[] base64 = Base64.getMimeEncoder(PEM_WIDTH, new byte[] {'\n'}).encode(der);
        byte[] end = ("\n-----END " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
        byte[] pem = Arrays.copyOf(begin, begin.length + base64.length + end.length);
        System.arraycopy(base64, 0, pem, begin.length, base64.length);
        System.arraycopy(end, 0, pem, begin.length + base64.length, end.length);
        Arrays.fill(base64, (byte) 0);
        return pem;
    }
}
