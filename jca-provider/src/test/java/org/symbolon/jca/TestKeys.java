package org.symbolon.jca;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.key.TokenPrivateKey;

/** Key pairs of the JDK by name, each made once, and the same in a fake token. */
final class TestKeys {
    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

    private TestKeys() {}

    /** Returns the key pair of {@code RSA}, {@code P-256}, {@code P-384}, {@code P-521}, {@code Ed25519} or {@code Ed448}. */
    static KeyPair pair(String kind) {
        return PAIRS.computeIfAbsent(kind, TestKeys::generate);
    }

    private static KeyPair generate(String kind) {
        try {
            return switch (kind) {
                case "RSA", "RSASSA-PSS" -> generate(kind, 2048);
                case "P-256" -> curve("secp256r1");
                case "P-384" -> curve("secp384r1");
                case "P-521" -> curve("secp521r1");
                default -> KeyPairGenerator.getInstance(kind).generateKeyPair();
            };
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair generate(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static KeyPair curve(String name) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(name));
        return generator.generateKeyPair();
    }

    static Attributes named(String label, String hexId) {
        return Attributes.builder()
                .set(Attribute.LABEL, label)
                .set(Attribute.ID, Bytes.ofHex(hexId))
                .set(Attribute.TOKEN, true)
                .build();
    }

    /** Puts a key pair into a token and returns it as a JDK key. */
    static TokenPrivateKey put(FakeToken token, Session session, String kind) throws GeneralSecurityException {
        PrivateKeyObject object = token.put(
                pair(kind),
                named(
                        kind,
                        Bytes.wrap(kind.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                                .toHex()));
        return TokenPrivateKey.of(session, object, pair(kind).getPublic());
    }
}
