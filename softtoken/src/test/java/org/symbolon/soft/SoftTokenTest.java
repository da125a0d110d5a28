package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.TokenPermissionException;

/** The life of a token through the public API. */
class SoftTokenTest {
    private static final byte[] MESSAGE = "attack at dawn".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void sign_afterReopening_verifiesWithPublicKey() throws Exception {
        Path database = folder.resolve("team.db");
        try (TokenModule module = TestTokens.open(database)) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("deploy"));
            }
        }
        try (TokenModule module = TestTokens.open(database);
                Session session = TestTokens.login(module)) {
            PrivateKeyObject key = session.privateKey("deploy");
            byte[] signature = session.sign(key, Mechanism.ECDSA_SHA256, MESSAGE);

            assertThat(signature).hasSize(64);
            assertThat(key.verified()).isTrue();
            assertThat(session.verify(session.publicKey("deploy"), Mechanism.ECDSA_SHA256, MESSAGE, signature))
                    .isTrue();
            signature[5] ^= 1;
            assertThat(session.verify(session.publicKey("deploy"), Mechanism.ECDSA_SHA256, MESSAGE, signature))
                    .isFalse();
        }
    }

    @Test
    void find_withoutLogin_seesPublicKeyUnverifiedAndNoPrivateKey() throws Exception {
        try (TokenModule module = TestTokens.builder().memory().open()) {
            Token token = TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("deploy"));
            }
            try (Session session = token.open(Login.none())) {
                assertThat(session.findAll(ObjectQuery.all())).singleElement().satisfies(found -> {
                    assertThat(found.label()).isEqualTo("deploy");
                    assertThat(found.verified()).isFalse();
                });
                assertThat(session.findOne(ObjectQuery.privateKeys().label("deploy")))
                        .isEmpty();
                assertThatThrownBy(() -> session.create(Template.label("x").and(dataTemplate())))
                        .isInstanceOf(TokenPermissionException.class)
                        .hasMessageContaining("CKR_USER_NOT_LOGGED_IN");
            }
        }
    }

    private static Template dataTemplate() {
        return Template.of(Attribute.CLASS, org.symbolon.ObjectClass.DATA)
                .onToken()
                .with(Attribute.VALUE, Bytes.of(MESSAGE));
    }

    @Test
    void find_withPinnedSigningKey_verifiesPublicObjectsWithoutLogin() throws Exception {
        Path database = folder.resolve("pinned.db");
        try (TokenModule module = TestTokens.open(database)) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                session.create(dataTemplate().and(Template.label("note")));
            }
        }
        Bytes key = SoftModule.verifyKeys(database).values().iterator().next();
        try (TokenModule module =
                        TestTokens.builder().sqlite(database).verifyKey(key).open();
                Session session = module.token(TestTokens.LABEL).open(Login.none())) {
            assertThat(session.findAll(ObjectQuery.all().label("note")))
                    .singleElement()
                    .matches(TokenObject::verified);
        }
    }

    @Test
    void open_withAnotherSigningKeyPinned_isRefusedLoggedInOrNot() throws Exception {
        Path database = folder.resolve("replaced.db");
        try (TokenModule module = TestTokens.open(database)) {
            TestTokens.create(module);
        }
        Bytes other = Bytes.of(new byte[32]);
        try (TokenModule module =
                TestTokens.builder().sqlite(database).verifyKey(other).open()) {
            assertThatThrownBy(() -> TestTokens.login(module)).hasMessageContaining("not the one that is pinned");
            try (Session session = module.token(TestTokens.LABEL).open(Login.none())) {
                assertThatThrownBy(() -> session.findAll(ObjectQuery.all())).hasMessageContaining("CKR_DEVICE_ERROR");
            }
        }
    }

    @Test
    void open_withAnotherSigningKeyPinned_leavesTheKeysOfOtherSessionsOpen() throws Exception {
        Path database = folder.resolve("shared.db");
        try (TokenModule module = TestTokens.open(database);
                TokenModule misled = TestTokens.builder()
                        .sqlite(database)
                        .verifyKey(Bytes.of(new byte[32]))
                        .open()) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                assertThatThrownBy(() -> TestTokens.login(misled)).hasMessageContaining("not the one that is pinned");

                session.create(dataTemplate().and(Template.label("note")));

                assertThat(session.findAll(ObjectQuery.all().label("note"))).hasSize(1);
            }
        }
    }

    @Test
    void open_withDefaultKeyDerivation_works() throws Exception {
        try (TokenModule module = SoftModule.builder().memory().open()) {
            TestTokens.create(module);
            TestTokens.login(module).close();
        }
        assertThat(KdfParameters.ofDefaults()).hasToString("argon2id,m=65536,t=3,p=4");
        assertThat(KdfParameters.floor()).hasToString("argon2id,m=19456,t=2,p=1");
    }

    @Test
    void close_ofLastSession_endsUseOfKeys() throws Exception {
        try (TokenModule module = TestTokens.builder().memory().open()) {
            TestTokens.create(module);
            Session session = TestTokens.login(module);
            Session second = TestTokens.login(module);
            PrivateKeyObject key = session.generateKeyPair(
                            Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("k"))
                    .privateKey();
            session.close();
            assertThat(second.sign(key, Mechanism.ECDSA_SHA256, MESSAGE)).hasSize(64);
            second.close();

            assertThatThrownBy(() -> second.sign(key, Mechanism.ECDSA_SHA256, MESSAGE))
                    .isInstanceOf(IllegalStateException.class);
            try (Session later = TestTokens.login(module)) {
                assertThat(later.sign(key, Mechanism.ECDSA_SHA256, MESSAGE)).hasSize(64);
            }
        }
    }

    @Test
    void destroy_thenUse_isNotFound() throws Exception {
        try (TokenModule module = TestTokens.builder().memory().open()) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                KeyPairObject pair = session.generateKeyPair(
                        Mechanism.EC_EDWARDS_KEY_PAIR_GEN.curve("Ed25519"), Template.label("old"));
                session.sign(pair.privateKey(), Mechanism.EDDSA, MESSAGE);

                session.destroy(pair.privateKey());

                assertThatThrownBy(() -> session.sign(pair.privateKey(), Mechanism.EDDSA, MESSAGE))
                        .isInstanceOf(ObjectNotFoundException.class)
                        .hasMessageContaining("CKR_KEY_HANDLE_INVALID");
                assertThat(session.findAll(ObjectQuery.all().label("old"))).hasSize(1);
            }
        }
    }

    @Test
    void getAttributes_ofSensitiveKey_hidesValue() throws Exception {
        try (TokenModule module = TestTokens.builder().memory().open()) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                TokenObject key = session.generateKey(Mechanism.AES_KEY_GEN.bytes(32), Template.label("aes"));

                Attributes read = session.getAttributes(key, Set.of(Attribute.VALUE, Attribute.VALUE_LEN));

                assertThat(read.isSensitive(Attribute.VALUE)).isTrue();
                assertThat(read.get(Attribute.VALUE_LEN)).isEqualTo(32);
            }
        }
    }

    @Test
    void setAttributes_label_isFoundByNewLabelOnly() throws Exception {
        try (TokenModule module = TestTokens.builder().memory().open()) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                TokenObject key = session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("before"));

                session.setAttributes(key, Template.label("after"));

                assertThat(session.findAll(ObjectQuery.all().label("before"))).isEmpty();
                assertThat(session.findAll(ObjectQuery.all().label("after")))
                        .extracting(TokenObject::id)
                        .isEqualTo(List.of(key.id()));
            }
        }
    }

    @Test
    void initPin_byOfficer_keepsObjects() throws Exception {
        try (TokenModule module = TestTokens.builder().memory().open()) {
            Token token = TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("kept"));
            }
            try (Session officer = token.open(Login.securityOfficer(TestTokens.soPin()))) {
                assertThat(officer.findAll(ObjectQuery.all())).isEmpty();
                officer.initPin(TestTokens.wrongPin());
            }
            try (Session session = token.open(Login.user(TestTokens.wrongPin()))) {
                assertThat(session.findAll(ObjectQuery.all().label("kept"))).hasSize(1);
            }
        }
    }

    @Test
    void open_newDatabase_isReadableByOwnerOnly() throws Exception {
        Path database = folder.resolve("mine.db");
        TestTokens.open(database).close();

        assertThat(Files.getPosixFilePermissions(database)).hasSize(2);
    }
}
