package org.symbolon.kmip.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.ResultReason;

/** A private key and its certificates in a PKCS #12 file (RFC 7292), as KMIP's Key Format Type PKCS#12 has them. */
final class Pkcs12 {
    private static final String TYPE = "PKCS12";
    private static final int MAX_BYTES = 1 << 20;

    private Pkcs12() {}

    /**
     * What a file holds.
     *
     * @param pkcs8 the private key; to be closed
     * @param algorithm the key's algorithm in the JCA's words
     * @param chain the certificates, the key's own first
     */
    record Content(SecretBytes pkcs8, String algorithm, List<Bytes> chain) {}

    /** Reads a file: the key of a friendly name, or the only one. */
    static Content read(Bytes file, SecretBytes password, Optional<String> friendlyName) throws KmipFailure {
        if (file.length() > MAX_BYTES) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD, "the PKCS #12 file is longer than " + MAX_BYTES + " bytes");
        }
        char[] pin = characters(password);
        try {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(new ByteArrayInputStream(file.toByteArray()), pin);
            List<String> names = Collections.list(store.aliases()).stream()
                    .filter(name -> isKey(store, name))
                    .filter(name -> friendlyName.isEmpty() || name.equalsIgnoreCase(friendlyName.get()))
                    .toList();
            if (names.size() != 1 || !(store.getKey(names.get(0), pin) instanceof PrivateKey key)) {
                throw new KmipFailure(
                        ResultReason.INVALID_FIELD,
                        "the PKCS #12 file does not have one private key of this PKCS#12 Friendly Name");
            }
            return new Content(
                    SecretBytes.takeOver(key.getEncoded()),
                    key.getAlgorithm(),
                    encoded(store.getCertificateChain(names.get(0))));
        } catch (IOException | GeneralSecurityException e) {
            throw new KmipFailure(
                    ResultReason.CRYPTOGRAPHIC_FAILURE, "the PKCS #12 file does not open with the linked password", e);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    private static boolean isKey(KeyStore store, String name) {
        try {
            return store.isKeyEntry(name);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the file was loaded", e);
        }
    }

    private static List<Bytes> encoded(Certificate[] chain) throws GeneralSecurityException {
        List<Bytes> encoded = new java.util.ArrayList<>();
        for (Certificate certificate : chain) {
            encoded.add(Bytes.wrap(certificate.getEncoded()));
        }
        return encoded;
    }

    /** Writes a file. */
    static Bytes write(Content content, SecretBytes password, String friendlyName) throws KmipFailure {
        char[] pin = characters(password);
        try {
            Key key = KeyFactory.getInstance(content.algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(content.pkcs8.sharedArray()));
            Certificate[] chain = new Certificate[content.chain.size()];
            for (int i = 0; i < chain.length; i++) {
                chain[i] = NewObjects.parse(content.chain.get(i))
                        .orElseThrow(() -> new KmipFailure(
                                ResultReason.INVALID_FIELD, "what is linked as a certificate is no X.509"));
            }
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(null, pin);
            store.setKeyEntry(friendlyName, key, pin, chain);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, pin);
            return Bytes.wrap(out.toByteArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new KmipFailure(
                    ResultReason.KEY_FORMAT_TYPE_NOT_SUPPORTED, "this key is not written to a PKCS #12 file here", e);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    private static char[] characters(SecretBytes password) {
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(password.sharedArray()));
        char[] characters = new char[decoded.remaining()];
        decoded.get(characters);
        Arrays.fill(decoded.array(), '\0');
        return characters;
    }

    /** Returns an algorithm in the JCA's words. */
    static String jcaName(CryptographicAlgorithm algorithm) {
        if (algorithm.equals(CryptographicAlgorithm.RSA)) {
            return "RSA";
        }
        boolean edwards =
                algorithm.equals(CryptographicAlgorithm.ED25519) || algorithm.equals(CryptographicAlgorithm.ED448);
        return edwards ? "EdDSA" : "EC";
    }

    /** Returns the algorithm of the JCA's words. */
    static CryptographicAlgorithm algorithm(String jcaName) {
        return jcaName.equals("RSA") ? CryptographicAlgorithm.RSA : CryptographicAlgorithm.EC;
    }
}
