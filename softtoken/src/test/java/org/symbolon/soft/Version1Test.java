package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectQuery;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;

/** A database that version 1 wrote is read, used and written by this version. */
class Version1Test {
    @TempDir
    Path folder;

    private Path fixture() throws java.io.IOException {
        Path copy = folder.resolve("v1.db");
        try (InputStream in = Objects.requireNonNull(Version1Test.class.getResourceAsStream("v1.db"))) {
            Files.copy(in, copy);
        }
        return copy;
    }

    @Test
    void open_databaseOfVersion1_usesItsKeys() throws Exception {
        byte[] message = "message".getBytes(StandardCharsets.UTF_8);
        try (TokenModule module = TestTokens.open(fixture());
                Session session = TestTokens.login(module)) {
            byte[] rsa = session.sign(session.privateKey("rsa"), Mechanism.SHA256_RSA_PKCS, message);
            byte[] ecdsa = session.sign(session.privateKey("p256"), Mechanism.ECDSA_SHA256, message);
            byte[] eddsa = session.sign(session.privateKey("ed25519"), Mechanism.EDDSA, message);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Version1.SECRET, "HmacSHA256"));
            SecretKeyObject hmac =
                    (SecretKeyObject) session.require(ObjectQuery.secretKeys().label("hmac"));
            TokenObject note = session.require(ObjectQuery.all().label("note"));

            assertThat(session.verify(session.publicKey("rsa"), Mechanism.SHA256_RSA_PKCS, message, rsa))
                    .isTrue();
            assertThat(session.verify(session.publicKey("p256"), Mechanism.ECDSA_SHA256, message, ecdsa))
                    .isTrue();
            assertThat(session.verify(session.publicKey("ed25519"), Mechanism.EDDSA, message, eddsa))
                    .isTrue();
            assertThat(session.sign(hmac, Mechanism.SHA256_HMAC, message)).isEqualTo(mac.doFinal(message));
            assertThat(session.getAttributes(note, Set.of(Attribute.VALUE)).get(Attribute.VALUE))
                    .isEqualTo(Bytes.of(Version1.NOTE.getBytes(StandardCharsets.UTF_8)));
            assertThat(session.findAll(ObjectQuery.all())).hasSize(9).allMatch(TokenObject::verified);
            assertThat(session.findAll(ObjectQuery.privateKeys().id(Bytes.of((byte) 2))))
                    .hasSize(1);
        }
    }

    @Test
    void open_databaseOfVersion1_writesToIt() throws Exception {
        try (TokenModule module = TestTokens.open(fixture())) {
            try (Session officer = module.token(TestTokens.LABEL).open(Login.securityOfficer(TestTokens.soPin()))) {
                officer.initPin(TestTokens.wrongPin());
            }
            try (Session session = module.token(TestTokens.LABEL).open(Login.user(TestTokens.wrongPin()))) {
                session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("new"));
                session.destroy(session.privateKey("rsa"));
                assertThat(session.findAll(ObjectQuery.all())).hasSize(9);
            }
        }
    }
}
