package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;

/** Recovery codes and PINs beside the first. */
class RecoveryTest {
    private static final ModuleOptions OPTIONS =
            ModuleOptions.ofDefaults().withSetting("kdf", KdfParameters.floor().toString());

    @TempDir
    Path folder;

    private Path database;
    private TokenModule module;
    private Token token;
    private SoftAdministration administration;

    @BeforeEach
    void makeToken() throws TokenException {
        database = folder.resolve("recovery.db");
        module = TestTokens.builder().sqlite(database).pinTries(3).open();
        token = TestTokens.create(module);
        administration = SoftAdministration.of(
                "soft:sqlite:" + database, OPTIONS, token.info().serialNumber());
        try (Session session = TestTokens.login(module)) {
            session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("kept"));
        }
    }

    @AfterEach
    void close() {
        module.close();
    }

    private static Pin pin(String text) {
        return Pin.of(text.toCharArray());
    }

    private void lock() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> token.open(Login.user(TestTokens.wrongPin())))
                    .hasMessageContaining("CKR_PIN_INCORRECT");
        }
        assertThatThrownBy(() -> token.open(Login.user(TestTokens.userPin()))).hasMessageContaining("CKR_PIN_LOCKED");
    }

    private void assertKept(Pin pin) throws TokenException {
        try (Session session = token.open(Login.user(pin))) {
            assertThat(session.findAll(ObjectQuery.all().label("kept"))).hasSize(1);
        }
    }

    @Test
    void setPin_withRecoveryCodeOfLockedToken_keepsTheObjects() throws Exception {
        Pin code = administration.addRecoveryCode(Login.user(TestTokens.userPin()));
        assertThat(new String(code.toChars())).matches("([0-9A-HJKMNP-TV-Z]{5}-){7}[0-9A-HJKMNP-TV-Z]{5}");
        lock();

        Pin typed = pin(new String(code.toChars())
                .toLowerCase(Locale.ROOT)
                .replace('-', ' ')
                .replace('0', 'o'));
        try (Session session = token.open(Login.none())) {
            session.setPin(typed, pin("new-pin"));
        }

        assertKept(pin("new-pin"));
        assertKept(code);
    }

    @Test
    void open_wrongOrRemovedCode_spendsNoTryOfThePin() throws Exception {
        Pin code = administration.addRecoveryCode(Login.securityOfficer(TestTokens.soPin()));
        String text = new String(code.toChars());
        char last = text.charAt(text.length() - 1);
        Pin slip = pin(text.substring(0, text.length() - 1) + (last == 'A' ? 'B' : 'A'));
        administration.remove(Login.user(TestTokens.userPin()), 1);

        assertThatThrownBy(() -> token.open(Login.user(code)))
                .hasMessageContaining("CKR_PIN_INCORRECT")
                .hasMessageContaining("none of the token's any more");
        assertThat(token.info().userTriesLeft()).hasValue(3);
        assertThatThrownBy(() -> token.open(Login.user(slip)))
                .as("a code with a slip is no code, and a wrong PIN")
                .hasMessageContaining("2 tries are left");
        assertThatThrownBy(() -> administration.remove(Login.user(TestTokens.userPin()), 1))
                .hasMessageContaining("no recovery code");
    }

    @Test
    void addPin_ofSecondPerson_opensTheSameTokenByName() throws Exception {
        administration.addPin(Login.user(TestTokens.userPin()), "alice", pin("alices-pin"));

        assertKept(pin("alice:alices-pin"));
        assertKept(TestTokens.userPin());
        try (Session session = token.open(Login.user(pin("alice:alices-pin")))) {
            session.setPin(pin("alice:alices-pin"), pin("alice:another"));
        }
        assertKept(pin("alice:another"));
        assertKept(TestTokens.userPin());
        assertThatThrownBy(() -> administration.addPin(Login.user(TestTokens.userPin()), "alice", pin("again")))
                .hasMessageContaining("of the name alice already");
        try (Session session = TestTokens.login(module)) {
            assertThatThrownBy(() -> session.setPin(TestTokens.userPin(), pin("alice:mine")))
                    .hasMessageContaining("CKR_PIN_INVALID");
        }
        assertThat(administration.pins())
                .extracting(PinSlot::role, PinSlot::number, PinSlot::name)
                .containsExactlyInAnyOrderElementsOf(List.of(
                        org.assertj.core.groups.Tuple.tuple(Role.USER, 0, ""),
                        org.assertj.core.groups.Tuple.tuple(Role.USER, 1, "alice"),
                        org.assertj.core.groups.Tuple.tuple(Role.SECURITY_OFFICER, 0, "")));
    }

    @Test
    void addPin_ofNameThatTheFirstPinBeginsWith_isRefusedAndLocksNobodyOut() throws Exception {
        Pin first = pin("alice:1234");
        try (Session session = TestTokens.login(module)) {
            session.setPin(TestTokens.userPin(), first);
        }

        assertThatThrownBy(() -> administration.addPin(Login.user(first), "alice", pin("alices-pin")))
                .hasMessageContaining("CKR_FUNCTION_REJECTED")
                .hasMessageContaining("choose another name");

        assertKept(first);
        administration.addPin(Login.user(first), "bob", pin("bobs-pin"));
        assertKept(pin("bob:bobs-pin"));
    }

    @Test
    void open_wrongAtSeveralPins_spendsTheTriesOfAll() throws Exception {
        administration.addPin(Login.user(TestTokens.userPin()), "alice", pin("alices-pin"));

        assertThatThrownBy(() -> token.open(Login.user(pin("alice:wrong")))).hasMessageContaining("2 tries are left");
        assertThatThrownBy(() -> token.open(Login.user(TestTokens.wrongPin()))).hasMessageContaining("1 try is left");
        assertKept(TestTokens.userPin());
        assertThat(token.info().userTriesLeft())
                .as("a right PIN takes back its own failures only")
                .hasValue(2);
        assertThatThrownBy(() -> token.open(Login.user(pin("alice:wrong")))).hasMessageContaining("1 try is left");
        assertThatThrownBy(() -> token.open(Login.user(pin("alice:wrong")))).hasMessageContaining("0 tries are left");
        assertThatThrownBy(() -> token.open(Login.user(TestTokens.userPin()))).hasMessageContaining("CKR_PIN_LOCKED");

        try (Session officer = token.open(Login.securityOfficer(TestTokens.soPin()))) {
            officer.initPin(TestTokens.userPin());
        }
        assertKept(TestTokens.userPin());
        assertKept(pin("alice:alices-pin"));
    }

    @Test
    void setPin_thatLooksLikeRecoveryCode_isRefused() throws Exception {
        Pin code = administration.addRecoveryCode(Login.user(TestTokens.userPin()));
        try (Session session = TestTokens.login(module)) {
            assertThatThrownBy(() -> session.setPin(TestTokens.userPin(), code))
                    .hasMessageContaining("CKR_PIN_INVALID");
        }
    }
}
