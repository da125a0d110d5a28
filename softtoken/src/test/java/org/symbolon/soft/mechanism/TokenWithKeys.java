package org.symbolon.soft.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.Operation;
import org.symbolon.Pin;
import org.symbolon.SecretBytes;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.SoftModule;

/** A token in memory with a user logged in, for the tests of one class. */
abstract class TokenWithKeys {
    static final byte[] MESSAGE = "the quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.UTF_8);

    private static TokenModule module;
    static Token token;
    static Session session;

    @BeforeAll
    static void open() throws TokenException {
        module = SoftModule.builder().kdf(KdfParameters.floor()).memory().open();
        try (Pin officer = Pin.of("officer-pin".toCharArray());
                Pin user = Pin.of("user-pin".toCharArray())) {
            token = module.emptySlot().initialize("Team", officer);
            try (Session so = token.open(Login.securityOfficer(officer))) {
                so.initPin(user);
            }
            session = token.open(Login.user(user));
        }
    }

    @AfterAll
    static void close() {
        module.close();
    }

    static Session officer() throws TokenException {
        try (Pin officer = Pin.of("officer-pin".toCharArray())) {
            return token.open(Login.securityOfficer(officer));
        }
    }

    /** Brings a secret key in. */
    static SecretKeyObject secret(KeyType type, byte[] value, Template template) throws TokenException {
        try (SecretBytes bytes = SecretBytes.copyOf(value)) {
            return (SecretKeyObject) session.create(Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                    .with(Attribute.KEY_TYPE, type)
                    .with(Attribute.VALUE, (Bytes) bytes)
                    .and(template));
        }
    }

    @SafeVarargs
    static Template uses(Attribute<Boolean>... uses) {
        Template template = Template.empty();
        for (Attribute<Boolean> use : uses) {
            template = template.with(use, true);
        }
        return template;
    }

    /** Returns a template for keys whose value can be read. */
    static Template readable() {
        return Template.of(Attribute.SENSITIVE, false).with(Attribute.EXTRACTABLE, true);
    }

    static byte[] value(KeyObject key) throws TokenException {
        return session.getAttributes(key, Set.of(Attribute.VALUE))
                .get(Attribute.VALUE)
                .toByteArray();
    }

    /** Encrypts at once and in pieces, opens again, and returns the ciphertext. */
    static byte[] roundTrip(SecretKeyObject key, Mechanism mechanism, byte[] data) throws TokenException {
        byte[] ciphertext = session.encrypt(key, mechanism, data);
        assertThat(session.decrypt(key, mechanism, ciphertext)).isEqualTo(data);
        for (int step : new int[] {1, 7, 16, 33}) {
            try (Operation operation = session.startEncrypt(key, mechanism)) {
                assertThat(stream(operation, data, step)).as("by " + step).isEqualTo(ciphertext);
            }
            try (Operation operation = session.startDecrypt(key, mechanism)) {
                assertThat(stream(operation, ciphertext, step)).as("by " + step).isEqualTo(data);
            }
        }
        return ciphertext;
    }

    private static byte[] stream(Operation operation, byte[] data, int step) throws TokenException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < data.length; i += step) {
            out.writeBytes(operation.update(data, i, Math.min(step, data.length - i)));
        }
        out.writeBytes(operation.finish());
        return out.toByteArray();
    }

    /** Makes a MAC or a deterministic signature at once and in pieces, and returns it. */
    static byte[] mac(SecretKeyObject key, Mechanism mechanism, byte[] data) throws TokenException {
        byte[] mac = session.sign(key, mechanism, data);
        try (Operation operation = session.startSign(key, mechanism)) {
            for (byte b : data) {
                operation.update(new byte[] {b});
            }
            assertThat(operation.finish()).isEqualTo(mac);
        }
        assertVerifies(key, key, mechanism, data, mac);
        return mac;
    }

    /** Signs at once and in pieces; the token takes both and refuses what was changed. */
    static byte[] signature(KeyPairObject pair, Mechanism mechanism, byte[] data) throws TokenException {
        byte[] signature = session.sign(pair.privateKey(), mechanism, data);
        try (Operation operation = session.startSign(pair.privateKey(), mechanism)) {
            operation.update(data, 0, data.length / 2);
            operation.update(data, data.length / 2, data.length - data.length / 2);
            assertVerifies(pair.privateKey(), pair.publicKey(), mechanism, data, operation.finish());
        }
        assertVerifies(pair.privateKey(), pair.publicKey(), mechanism, data, signature);
        return signature;
    }

    private static void assertVerifies(
            KeyObject signer, KeyObject verifier, Mechanism mechanism, byte[] data, byte[] signature)
            throws TokenException {
        String what = mechanism + " with " + signer.id();
        assertThat(session.verify(verifier, mechanism, data, signature))
                .as(what)
                .isTrue();
        try (Operation operation = session.startVerify(verifier, mechanism)) {
            operation.update(data);
            assertThat(operation.verify(signature)).as(what).isTrue();
        }
        byte[] changed = signature.clone();
        changed[changed.length / 2] ^= 4;
        assertThat(session.verify(verifier, mechanism, data, changed)).as(what).isFalse();
        byte[] shorter = java.util.Arrays.copyOf(signature, signature.length - 1);
        assertThat(session.verify(verifier, mechanism, data, shorter)).as(what).isFalse();
    }

    static byte[] hex(String hex) {
        return Bytes.ofHex(hex.replace(" ", "")).toByteArray();
    }
}
