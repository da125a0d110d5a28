package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.Operation;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;

/** A soft token with a key of each kind, and the JDK beside it. */
abstract class MechanismFixture {
    static final byte[] MESSAGE = "the quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.UTF_8);

    static TokenModule module;

    static Session session;

    static KeyPairObject rsa;

    static KeyPairObject ed25519;

    static Map<String, KeyPairObject> curves;

    @BeforeAll
    static void makeKeys() throws Exception {
        module = TestTokens.builder().memory().open();
        TestTokens.create(module);
        session = TestTokens.login(module);
        rsa = session.generateKeyPair(Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048), Template.label("rsa"));
        ed25519 = session.generateKeyPair(Mechanism.EC_EDWARDS_KEY_PAIR_GEN.curve("Ed25519"), Template.label("ed"));
        curves = Map.of("P-256", curve("P-256"), "P-384", curve("P-384"), "P-521", curve("P-521"));
    }

    static KeyPairObject curve(String name) throws TokenException {
        return session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve(name), Template.label(name));
    }

    static KeyPairObject ec(String name) {
        return java.util.Objects.requireNonNull(curves.get(name));
    }

    @AfterAll
    static void close() {
        module.close();
    }

    static PublicKey jdkKey(KeyPairObject pair) throws TokenException {
        return PublicKeys.of(pair.publicKey());
    }

    /** Signs at once, in pieces and twice, and lets the token verify all and refuse what was changed. */
    static byte[] signature(KeyPairObject pair, Mechanism mechanism, byte[] data) throws TokenException {
        byte[] once = session.sign(pair.privateKey(), mechanism, data);
        byte[] streamed;
        try (Operation operation = session.startSign(pair.privateKey(), mechanism)) {
            for (byte b : data) {
                operation.update(new byte[] {9, b, 9}, 1, 1);
            }
            streamed = operation.finish();
        }
        for (byte[] signature : List.of(once, streamed, session.sign(pair.privateKey(), mechanism, data))) {
            assertThat(session.verify(pair.publicKey(), mechanism, data, signature))
                    .isTrue();
            try (Operation operation = session.startVerify(pair.publicKey(), mechanism)) {
                operation.update(data);
                assertThat(operation.verify(signature)).isTrue();
            }
        }
        byte[] changed = once.clone();
        changed[changed.length / 2] ^= 4;
        assertThat(session.verify(pair.publicKey(), mechanism, data, changed)).isFalse();
        assertThat(session.verify(pair.publicKey(), mechanism, data, Arrays.copyOf(once, once.length - 1)))
                .isFalse();
        return once;
    }

    static boolean jdkVerifies(String algorithm, KeyPairObject pair, byte[] data, byte[] signature) throws Exception {
        Signature engine = Signature.getInstance(algorithm);
        engine.initVerify(jdkKey(pair));
        engine.update(data);
        return engine.verify(signature);
    }

    static SecretKeyObject secret(KeyType type, byte[] value, Template more) throws TokenException {
        return (SecretKeyObject) session.create(Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, type)
                .with(Attribute.VALUE, Bytes.of(value))
                .inSession()
                .and(more));
    }

    static byte[] streamed(Operation operation, byte[] data) throws TokenException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try (operation) {
            for (int i = 0; i < data.length; i += 5) {
                out.writeBytes(operation.update(data, i, Math.min(5, data.length - i)));
            }
            out.writeBytes(operation.finish());
        }
        return out.toByteArray();
    }
}
