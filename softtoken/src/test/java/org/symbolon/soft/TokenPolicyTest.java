package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Login;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenFlag;
import org.symbolon.TokenModule;
import org.symbolon.TokenProtocolException;

/** What the security officer asks of PINs. */
class TokenPolicyTest {
    @TempDir
    Path folder;

    private Path database;
    private TokenModule module;
    private Token token;
    private SoftAdministration administration;

    @BeforeEach
    void makeToken() throws TokenException {
        database = folder.resolve("policy.db");
        module = TestTokens.builder().sqlite(database).pinTries(3).open();
        token = TestTokens.create(module);
        administration = SoftAdministration.of(
                "soft:sqlite:" + database,
                ModuleOptions.ofDefaults()
                        .withSetting("kdf", KdfParameters.floor().toString()),
                token.info().serialNumber());
    }

    @AfterEach
    void close() {
        module.close();
    }

    private static Pin pin(String text) {
        return Pin.of(text.toCharArray());
    }

    private void set(String name, String value) throws TokenException {
        administration.setPolicy(TestTokens.soPin(), administration.policy().with(name, value));
    }

    private void change(Pin until, Pin now) throws TokenException {
        try (Session session = token.open(Login.none())) {
            session.setPin(until, now);
        }
    }

    @Test
    void setPin_againstThePolicy_saysWhatIsWanted() throws Exception {
        set("min-pin-length", "8");
        set("min-pin-classes", "3");
        set("new-pin-differs", "true");

        assertThat(token.info().minPinBytes()).isEqualTo(8);
        assertThatThrownBy(() -> change(TestTokens.userPin(), pin("Short1")))
                .hasMessageContaining("CKR_PIN_LEN_RANGE")
                .hasMessageContaining("8 to 255 bytes");
        assertThatThrownBy(() -> change(TestTokens.userPin(), pin("long-enough")))
                .hasMessageContaining("CKR_PIN_TOO_WEAK")
                .hasMessageContaining("3 kinds of four");
        change(TestTokens.userPin(), pin("Long-enough"));
        assertThatThrownBy(() -> change(pin("Long-enough"), pin("Long-enough")))
                .hasMessageContaining("CKR_PIN_INVALID");
        try (Session officer = token.open(Login.securityOfficer(TestTokens.soPin()))) {
            assertThatThrownBy(() -> officer.initPin(pin("Short1"))).hasMessageContaining("CKR_PIN_LEN_RANGE");
        }
    }

    @Test
    void with_unknownNameOrValue_namesWhatThereIs() {
        TokenPolicy policy = TokenPolicy.ofDefaults();

        assertThatThrownBy(() -> policy.with("length", "5")).hasMessageContaining("max-pin-age-days");
        assertThatThrownBy(() -> policy.with("min-pin-length", "3")).hasMessage("min-pin-length is 4 to 255, not 3");
        assertThatThrownBy(() -> policy.with("objects", "lax")).hasMessageContaining("strict or compat");
        assertThatThrownBy(() -> policy.with("new-pin-differs", "yes")).hasMessageContaining("true or false");
    }

    @Test
    void setPolicy_byUser_isRefused() {
        assertThatThrownBy(() -> administration.setPolicy(TestTokens.userPin(), TokenPolicy.ofDefaults()))
                .hasMessageContaining("CKR_PIN_INCORRECT");
    }

    @Test
    void initPin_wherePinsAreChangedAfterReset_isGoodForThatAlone() throws Exception {
        set("change-after-reset", "true");
        try (Session officer = token.open(Login.securityOfficer(TestTokens.soPin()))) {
            officer.initPin(pin("of-the-officer"));
        }

        assertThat(token.info().flags()).contains(TokenFlag.USER_PIN_TO_BE_CHANGED);
        assertThatThrownBy(() -> token.open(Login.user(pin("of-the-officer"))))
                .hasMessageContaining("CKR_PIN_EXPIRED")
                .hasMessageContaining("symbolon pin set");
        assertThatThrownBy(() -> change(TestTokens.wrongPin(), pin("my-own-pin")))
                .hasMessageContaining("CKR_PIN_INCORRECT");
        change(pin("of-the-officer"), pin("my-own-pin"));
        token.open(Login.user(pin("my-own-pin"))).close();
        assertThat(token.info().flags()).doesNotContain(TokenFlag.USER_PIN_TO_BE_CHANGED);
    }

    @Test
    void isExpired_afterTheDaysOfThePolicy_isSo() throws Exception {
        TokenPolicy policy = TokenPolicy.ofDefaults().with("max-pin-age-days", "90");
        long day = 24L * 60 * 60 * 1000;
        SlotSettings set = new SlotSettings(SlotSettings.Kind.PIN, "", 3, day, false);

        assertThat(set.isExpired(policy, 91 * day)).isFalse();
        assertThat(set.isExpired(policy, 91 * day + 1)).isTrue();
        assertThat(set.isExpired(TokenPolicy.ofDefaults(), 10_000 * day)).isFalse();
        SlotSettings code = new SlotSettings(SlotSettings.Kind.RECOVERY, "", 0, day, false);
        assertThat(code.isExpired(policy, 10_000 * day)).as("a recovery code").isFalse();
    }

    @Test
    void open_policyOrTriesEditedInTheDatabase_isRefusedOrWithoutEffect() throws Exception {
        try (RawDatabase raw = new RawDatabase(database)) {
            raw.run("UPDATE key_slot SET max_tries = 1000");
            assertThatThrownBy(() -> token.open(Login.user(TestTokens.wrongPin())))
                    .hasMessageContaining("2 tries are left");

            raw.run(
                    "UPDATE token SET settings = ?",
                    TokenPolicy.ofDefaults().withPinTries(999).toBytes().toByteArray());
            assertThatThrownBy(() -> token.open(Login.user(TestTokens.userPin())))
                    .isInstanceOf(TokenProtocolException.class)
                    .hasMessageContaining("tampered with");
            raw.run("UPDATE token SET settings = ?", new byte[] {1, 2, 3});
            assertThatThrownBy(() -> token.open(Login.user(TestTokens.userPin())))
                    .isInstanceOf(TokenProtocolException.class)
                    .hasMessageContaining("policy cannot be read");
        }
    }
}
