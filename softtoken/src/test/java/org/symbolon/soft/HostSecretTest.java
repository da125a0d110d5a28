package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.config.SecretReference;

/** PINs that open a token only together with a secret outside its database. */
class HostSecretTest {
    @TempDir
    Path folder;

    private Path database;
    private String serial = "";

    @BeforeEach
    void makeToken() throws TokenException {
        database = folder.resolve("bound.db");
        try (TokenModule module = TestTokens.open(database)) {
            Token token = TestTokens.create(module);
            serial = token.info().serialNumber();
        }
    }

    private SecretReference secret(String name) throws java.io.IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, name + "-0123456789abcdef\n");
        return SecretReference.parse("file:" + file);
    }

    private HostSecret host(String name) throws java.io.IOException {
        return HostSecret.of(secret(name));
    }

    private void login(SoftModule.Builder builder) throws TokenException {
        try (TokenModule module = builder.sqlite(database).open()) {
            TestTokens.login(module).close();
            assertThat(module.token(TestTokens.LABEL).info().userTriesLeft()).hasValue(10);
        }
    }

    private void refuseUntried(SoftModule.Builder builder, String detail) throws TokenException {
        try (TokenModule module = builder.sqlite(database).open()) {
            assertThatThrownBy(() -> TestTokens.login(module))
                    .hasMessageContaining("CKR_DEVICE_ERROR")
                    .hasMessageContaining(detail);
            assertThat(module.token(TestTokens.LABEL).info().userTriesLeft())
                    .as("no try was spent")
                    .hasValue(10);
        }
    }

    @Test
    void open_afterLoginWithHostSecret_wantsItFromThenOn() throws Exception {
        login(TestTokens.builder().hostSecret(host("one")));

        refuseUntried(TestTokens.builder(), "none is configured");
        refuseUntried(TestTokens.builder().hostSecret(host("two")), "is not the one");
        refuseUntried(
                TestTokens.builder().hostSecret(HostSecret.of(SecretReference.parse("file:" + folder + "/none"))),
                "cannot be read");
        login(TestTokens.builder().hostSecret(host("one")));
        try (RawDatabase raw = new RawDatabase(database)) {
            assertThat(raw.read("key_slot", "role = 1").get("host_secret")).isNotNull();
            assertThat(raw.read("key_slot", "role = 0").get("host_secret"))
                    .as("the officer has not logged in since")
                    .isNull();
        }
    }

    @Test
    void open_withFormerSecretBesideTheNew_rotates() throws Exception {
        login(TestTokens.builder().hostSecret(host("one")));

        login(TestTokens.builder().hostSecret(host("two")).formerHostSecret(host("one")));

        login(TestTokens.builder().hostSecret(host("two")));
        refuseUntried(TestTokens.builder().hostSecret(host("one")), "is not the one");
    }

    @Test
    void freeOfHostSecret_ofBoundPin_letsItOpenAlone() throws Exception {
        ModuleOptions options = ModuleOptions.ofDefaults()
                .withSetting("kdf", KdfParameters.floor().toString())
                .withSetting("host-secret", "file:" + folder.resolve("one"));
        secret("one");
        SoftAdministration administration = SoftAdministration.of("soft:sqlite:" + database, options, serial);
        administration.bindToHostSecret(Login.user(TestTokens.userPin()));
        refuseUntried(TestTokens.builder(), "none is configured");
        assertThat(administration.pins()).extracting(PinSlot::boundToHostSecret).containsExactlyInAnyOrder(true, false);
        Pin code = administration.addRecoveryCode(Login.user(TestTokens.userPin()));
        try (TokenModule module = TestTokens.open(database)) {
            module.token(TestTokens.LABEL).open(Login.user(code)).close();
        }

        administration.freeOfHostSecret(Login.user(TestTokens.userPin()));

        login(TestTokens.builder());
    }

    @Test
    void answer_ofTooShortOrMalformedSettings_saysWhatIsWanted() throws Exception {
        Files.writeString(folder.resolve("short"), "tiny");
        refuseUntriedAtBinding(SecretReference.parse("file:" + folder.resolve("short")));
        assertThatThrownBy(() ->
                        SoftSettings.of(ModuleOptions.ofDefaults().withSetting("host-secret-uri", "soft:memory:x")))
                .hasMessageContaining("wants host-secret-key");
        assertThatThrownBy(() -> SoftSettings.of(ModuleOptions.ofDefaults().withSetting("host-secret", "canary")))
                .hasMessageContaining("host-secret")
                .hasMessageNotContaining("canary");
    }

    private void refuseUntriedAtBinding(SecretReference reference) throws TokenException {
        try (TokenModule module = TestTokens.builder()
                        .sqlite(database)
                        .hostSecret(HostSecret.of(reference))
                        .open();
                LogCapture log = LogCapture.of(SlotUpgrade.class)) {
            TestTokens.login(module).close();
            assertThat(log.messages()).anyMatch(message -> message.contains("fewer than 16 bytes"));
        }
    }

    @Test
    void open_withKeyInAnotherToken_asksItEachTime() throws Exception {
        String uri = "soft:sqlite:" + folder.resolve("hsm.db");
        try (TokenModule hsm =
                TestTokens.builder().sqlite(folder.resolve("hsm.db")).open()) {
            TestTokens.create(hsm);
            try (Session session = TestTokens.login(hsm)) {
                session.generateKey(
                        Mechanism.GENERIC_SECRET_KEY_GEN.bytes(32),
                        Template.label("pepper").with(Attribute.SIGN, true));
            }
        }
        Path pin = folder.resolve("hsm.pin");
        Files.writeString(pin, "user-pin");
        HostSecret key = HostSecret.ofKey(uri, "pepper", SecretReference.parse("file:" + pin));

        login(TestTokens.builder().hostSecret(key));
        login(TestTokens.builder().hostSecret(key));

        refuseUntried(TestTokens.builder(), "none is configured");
        refuseUntried(TestTokens.builder().hostSecret(host("one")), "is not the one");
    }
}
