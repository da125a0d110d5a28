package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;

/** A token whose security officer cannot decrypt. */
class OfficerSignsTest {
    @TempDir
    Path folder;

    @Test
    void officer_whoCannotDecrypt_rulesAndReadsNothing() throws Exception {
        Path database = folder.resolve("signs.db");
        try (TokenModule module =
                TestTokens.builder().sqlite(database).officerSigns().open()) {
            Token token = TestTokens.createSigned(module);
            SoftAdministration administration = SoftAdministration.of(
                    "soft:sqlite:" + database,
                    ModuleOptions.ofDefaults()
                            .withSetting("kdf", KdfParameters.floor().toString()),
                    token.info().serialNumber());
            assertThat(administration.officerDecrypts()).isFalse();
            try (Session session = TestTokens.login(module)) {
                session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("pair"));
            }
            Pin code = administration.addRecoveryCode(Login.user(TestTokens.userPin()));
            try (Session officer = token.open(Login.securityOfficer(TestTokens.soPin()))) {
                assertThat(officer.findAll(ObjectQuery.all()))
                        .as("public objects, verified by the signing key")
                        .hasSize(1)
                        .allMatch(TokenObject::verified);
                assertThatThrownBy(() -> officer.initPin(TestTokens.wrongPin()))
                        .hasMessageContaining("CKR_FUNCTION_REJECTED")
                        .hasMessageContaining("recovery code");
                assertThatThrownBy(() -> officer.create(Template.of(Attribute.CLASS, ObjectClass.DATA)
                                .onToken()
                                .and(Template.label("public"))))
                        .hasMessageContaining("cannot decrypt");
                officer.setPin(TestTokens.soPin(), Pin.of("officer-2".toCharArray()));
            }
            Pin soPin = Pin.of("officer-2".toCharArray());
            assertThatThrownBy(() -> administration.addRecoveryCode(Login.securityOfficer(soPin)))
                    .hasMessageContaining("cannot decrypt");
            administration.setPolicy(soPin, administration.policy().with("min-pin-length", "6"));

            try (Session anybody = token.open(Login.none())) {
                anybody.setPin(code, Pin.of("after-recovery".toCharArray()));
            }
            try (Session session = token.open(Login.user(Pin.of("after-recovery".toCharArray())))) {
                assertThat(session.sign(session.privateKey("pair"), Mechanism.ECDSA_SHA256, new byte[] {1}))
                        .hasSize(64);
            }
        }
    }

    @Test
    void setPin_ofFirstPinThatTheOfficerTyped_makesKeysThatItNeverOpened() throws Exception {
        Path database = folder.resolve("first.db");
        Pin first = Pin.of("of-the-officer".toCharArray());
        try (TokenModule module =
                        TestTokens.builder().sqlite(database).officerSigns().open();
                RawDatabase raw = new RawDatabase(database)) {
            Token token = module.emptySlot().initialize(TestTokens.LABEL, TestTokens.soPin());
            try (Session officer = token.open(Login.securityOfficer(TestTokens.soPin()))) {
                officer.initPin(first);
            }
            Object sealed = raw.read("token", "slot = 0").get("signing_key");
            Object version = raw.read("token", "slot = 0").get("master_version");
            assertThatThrownBy(() -> token.open(Login.user(first))).hasMessageContaining("CKR_PIN_EXPIRED");

            try (Session user = token.open(Login.none())) {
                user.setPin(first, TestTokens.userPin());
            }

            assertThat(raw.read("token", "slot = 0"))
                    .as("sealed under another token master key")
                    .doesNotContainEntry("signing_key", sealed)
                    .doesNotContainEntry("master_version", version);
            assertThatThrownBy(() -> token.open(Login.user(first))).hasMessageContaining("CKR_PIN_INCORRECT");
            try (Session session = TestTokens.login(module)) {
                session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("mine"));
                session.setPin(TestTokens.userPin(), first);
                assertThat(session.findAll(ObjectQuery.all().label("mine"))).hasSize(1);
            }
            try (Session officer = token.open(Login.securityOfficer(TestTokens.soPin()))) {
                assertThatThrownBy(() -> officer.initPin(first)).hasMessageContaining("recovery code");
            }
        }
    }
}
