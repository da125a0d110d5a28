package org.symbolon.soft.foreign;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBEParameter;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.engines.RC2Engine;
import org.bouncycastle.crypto.generators.OpenSSLPBEParametersGenerator;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.generators.PKCS5S1ParametersGenerator;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PKCS7Padding;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.crypto.util.DigestFactory;
import org.symbolon.Pin;

/** Decrypts what is encrypted under a password: PBES2 and PBES1 (RFC 8018), PKCS #12's (RFC 7292), old PEM's. */
final class PasswordCipher {
    private static final long MAX_SCRYPT_BYTES = 256 << 20;
    private static final int MAX_SCRYPT_PARALLEL = 16;
    private static final ASN1ObjectIdentifier ID_SCRYPT = new ASN1ObjectIdentifier("1.3.6.1.4.1.11591.4.11");
    private static final int PEM_SALT_BYTES = 8;

    /** How keys and blocks of a cipher are made: the cipher, bits of its key, bits of its block. */
    private record Scheme(java.util.function.Supplier<BlockCipher> cipher, int keyBits, int blockBits) {}

    private static final Map<ASN1ObjectIdentifier, Scheme> PBES2 = Map.of(
            NISTObjectIdentifiers.id_aes128_CBC, new Scheme(AESEngine::newInstance, 128, 128),
            NISTObjectIdentifiers.id_aes192_CBC, new Scheme(AESEngine::newInstance, 192, 128),
            NISTObjectIdentifiers.id_aes256_CBC, new Scheme(AESEngine::newInstance, 256, 128),
            PKCSObjectIdentifiers.des_EDE3_CBC, new Scheme(DESedeEngine::new, 192, 64));

    private static final Map<ASN1ObjectIdentifier, Scheme> PKCS12 = Map.of(
            PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC, new Scheme(DESedeEngine::new, 192, 64),
            PKCSObjectIdentifiers.pbeWithSHAAnd2_KeyTripleDES_CBC, new Scheme(DESedeEngine::new, 128, 64),
            PKCSObjectIdentifiers.pbeWithSHAAnd128BitRC2_CBC, new Scheme(RC2Engine::new, 128, 64),
            PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC2_CBC, new Scheme(RC2Engine::new, 40, 64));

    private static final Map<ASN1ObjectIdentifier, java.util.function.Supplier<Digest>> PBES1 = Map.of(
            PKCSObjectIdentifiers.pbeWithMD5AndDES_CBC, DigestFactory::createMD5,
            PKCSObjectIdentifiers.pbeWithSHA1AndDES_CBC, DigestFactory::createSHA1);

    private static final Map<ASN1ObjectIdentifier, java.util.function.Supplier<Digest>> PRF = Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, DigestFactory::createSHA1,
            PKCSObjectIdentifiers.id_hmacWithSHA224, DigestFactory::createSHA224,
            PKCSObjectIdentifiers.id_hmacWithSHA256, DigestFactory::createSHA256,
            PKCSObjectIdentifiers.id_hmacWithSHA384, DigestFactory::createSHA384,
            PKCSObjectIdentifiers.id_hmacWithSHA512, DigestFactory::createSHA512);

    private static final Map<String, Scheme> PEM = Map.of(
            "AES-128-CBC", new Scheme(AESEngine::newInstance, 128, 128),
            "AES-192-CBC", new Scheme(AESEngine::newInstance, 192, 128),
            "AES-256-CBC", new Scheme(AESEngine::newInstance, 256, 128),
            "DES-EDE3-CBC", new Scheme(DESedeEngine::new, 192, 64));

    private PasswordCipher() {}

    /** Returns the plaintext, which the caller wipes. */
    static byte[] decrypt(AlgorithmIdentifier algorithm, byte[] encrypted, Pin passphrase, DerivationBudget budget)
            throws ForeignFormatException {
        ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
        if (oid.equals(PKCSObjectIdentifiers.id_PBES2)) {
            return pbes2(PBES2Parameters.getInstance(algorithm.getParameters()), encrypted, passphrase, budget);
        } else if (PKCS12.containsKey(oid)) {
            PKCS12PBEParams parameters = PKCS12PBEParams.getInstance(algorithm.getParameters());
            Scheme scheme = java.util.Objects.requireNonNull(PKCS12.get(oid));
            PBEParametersGenerator generator = new PKCS12ParametersGenerator(new SHA1Digest());
            CipherParameters key = derive(
                    generator, wide(passphrase), parameters.getIV(), budget.rounds(parameters.getIterations()), scheme);
            return decrypt(scheme, key, encrypted);
        } else if (PBES1.containsKey(oid)) {
            PBEParameter parameters = PBEParameter.getInstance(algorithm.getParameters());
            Scheme scheme = new Scheme(DESEngine::new, 64, 64);
            PBEParametersGenerator generator = new PKCS5S1ParametersGenerator(
                    java.util.Objects.requireNonNull(PBES1.get(oid)).get());
            CipherParameters key = derive(
                    generator,
                    passphrase.toUtf8(),
                    parameters.getSalt(),
                    budget.rounds(parameters.getIterationCount()),
                    scheme);
            return decrypt(scheme, key, encrypted);
        }
        throw unsupported("encryption", oid);
    }

    private static CipherParameters derive(
            PBEParametersGenerator generator, byte[] password, byte[] salt, int rounds, Scheme scheme) {
        generator.init(password, salt, rounds);
        try {
            return generator.generateDerivedParameters(scheme.keyBits, scheme.blockBits);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private static byte[] pbes2(PBES2Parameters parameters, byte[] encrypted, Pin passphrase, DerivationBudget budget)
            throws ForeignFormatException {
        AlgorithmIdentifier encryption = AlgorithmIdentifier.getInstance(parameters.getEncryptionScheme());
        Scheme scheme = PBES2.get(encryption.getAlgorithm());
        if (scheme == null) {
            throw unsupported("encryption", encryption.getAlgorithm());
        }
        byte[] iv = ASN1OctetString.getInstance(encryption.getParameters()).getOctets();
        if (iv.length != scheme.blockBits / 8) {
            throw ForeignFormatException.malformed("the initialization vector has " + iv.length + " bytes");
        }
        byte[] key = key(parameters.getKeyDerivationFunc(), passphrase, scheme.keyBits, budget);
        try {
            return decrypt(scheme, new ParametersWithIV(new KeyParameter(key), iv), encrypted);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Returns a key of PBKDF2 or scrypt, which the caller wipes. */
    static byte[] key(KeyDerivationFunc function, Pin passphrase, int bits, DerivationBudget budget)
            throws ForeignFormatException {
        byte[] utf8 = passphrase.toUtf8();
        try {
            if (function.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
                return pbkdf2(PBKDF2Params.getInstance(function.getParameters()), utf8, bits, budget);
            } else if (function.getAlgorithm().equals(ID_SCRYPT)) {
                return scrypt(function.getParameters(), utf8, bits, budget);
            }
            throw unsupported("key derivation", function.getAlgorithm());
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    private static byte[] pbkdf2(PBKDF2Params parameters, byte[] password, int bits, DerivationBudget budget)
            throws ForeignFormatException {
        java.util.function.Supplier<Digest> digest = PRF.get(parameters.getPrf().getAlgorithm());
        if (digest == null) {
            throw unsupported("function", parameters.getPrf().getAlgorithm());
        }
        PBEParametersGenerator generator = new PKCS5S2ParametersGenerator(digest.get());
        generator.init(password, parameters.getSalt(), budget.rounds(parameters.getIterationCount()));
        return ((KeyParameter) generator.generateDerivedMacParameters(bits)).getKey();
    }

    private static byte[] scrypt(ASN1Encodable encoded, byte[] password, int bits, DerivationBudget budget)
            throws ForeignFormatException {
        ASN1Sequence parameters = ASN1Sequence.getInstance(encoded);
        byte[] salt = ASN1OctetString.getInstance(parameters.getObjectAt(0)).getOctets();
        BigInteger cost = ASN1Integer.getInstance(parameters.getObjectAt(1)).getValue();
        BigInteger block = ASN1Integer.getInstance(parameters.getObjectAt(2)).getValue();
        BigInteger parallel = ASN1Integer.getInstance(parameters.getObjectAt(3)).getValue();
        boolean modest = cost.signum() > 0
                && block.signum() > 0
                && parallel.signum() > 0
                && cost.multiply(block).shiftLeft(7).compareTo(BigInteger.valueOf(MAX_SCRYPT_BYTES)) <= 0
                && parallel.compareTo(BigInteger.valueOf(MAX_SCRYPT_PARALLEL)) <= 0;
        if (!modest) {
            throw ForeignFormatException.malformed(
                    "the file asks for more work than it is worth: scrypt with " + MAX_SCRYPT_BYTES + " bytes at most");
        }
        // An N with r of 1 mixes 256 bytes, which is some work of a round.
        budget.take(cost.multiply(block).multiply(parallel).longValueExact());
        return SCrypt.generate(
                password, salt, cost.intValueExact(), block.intValueExact(), parallel.intValueExact(), bits / 8);
    }

    /** Decrypts an old PEM block, by its DEK-Info header. */
    static byte[] decryptPem(String info, byte[] encrypted, Pin passphrase) throws ForeignFormatException {
        String[] parts = info.split(",", 2);
        Scheme scheme = PEM.get(parts[0]);
        if (scheme == null || parts.length < 2 || !parts[1].matches("[0-9A-Fa-f]{16}|[0-9A-Fa-f]{32}")) {
            throw ForeignFormatException.malformed("the PEM block is encrypted in a way that is not known: "
                    + "its DEK-Info is none of " + String.join(", ", PEM.keySet()));
        }
        byte[] iv = HexFormat.of().parseHex(parts[1]);
        if (iv.length != scheme.blockBits / 8) {
            throw ForeignFormatException.malformed("the initialization vector has " + iv.length + " bytes");
        }
        OpenSSLPBEParametersGenerator generator = new OpenSSLPBEParametersGenerator();
        byte[] utf8 = passphrase.toUtf8();
        generator.init(utf8, Arrays.copyOf(iv, PEM_SALT_BYTES));
        try {
            KeyParameter key = (KeyParameter) generator.generateDerivedParameters(scheme.keyBits);
            return decrypt(scheme, new ParametersWithIV(key, iv), encrypted);
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    private static byte[] decrypt(Scheme scheme, CipherParameters key, byte[] encrypted) throws ForeignFormatException {
        PaddedBufferedBlockCipher cipher =
                new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(scheme.cipher.get()), new PKCS7Padding());
        byte[] buffer = new byte[encrypted.length + cipher.getBlockSize()];
        try {
            cipher.init(false, key);
            int length = cipher.processBytes(encrypted, 0, encrypted.length, buffer, 0);
            length += cipher.doFinal(buffer, length);
            return Arrays.copyOf(buffer, length);
        } catch (CryptoException | IllegalArgumentException e) {
            throw wrong();
        } finally {
            Arrays.fill(buffer, (byte) 0);
        }
    }

    /** Returns a password as PKCS #12 takes it: two bytes a character, two zero bytes behind. */
    static byte[] wide(Pin passphrase) {
        char[] chars = passphrase.toChars();
        try {
            byte[] wide = new byte[2 * chars.length + 2];
            for (int i = 0; i < chars.length; i++) {
                wide[2 * i] = (byte) (chars[i] >> 8);
                wide[2 * i + 1] = (byte) chars[i];
            }
            return wide;
        } finally {
            Arrays.fill(chars, '\0');
        }
    }

    static ForeignFormatException wrong() {
        return ForeignFormatException.malformed("the passphrase is wrong, or the file is damaged");
    }

    static ForeignFormatException unsupported(String what, ASN1ObjectIdentifier oid) {
        return ForeignFormatException.malformed(
                "the file uses the " + what + " " + oid.getId() + ", which is not known");
    }
}
