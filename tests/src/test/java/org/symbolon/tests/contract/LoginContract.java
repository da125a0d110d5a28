package org.symbolon.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.symbolon.tests.contract.Refusals.assertRefused;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenFlag;
import org.symbolon.TokenObject;
import org.symbolon.TokenPermissionException;

/** Who may do what: roles, PINs, lockout, what each sees. */
abstract class LoginContract extends Contract {
    private static final Pin OTHER_PIN = Pin.of("another pin".toCharArray());

    LoginContract(Supplier<? extends TokenFixture> fixtures) {
        super(fixtures);
    }

    @Test
    void open_withTheUsersPin_isTheUser() throws TokenException {
        try (Session user = token().open(Login.user(USER_PIN))) {
            assertThat(user.info().role()).isEqualTo(Role.USER);
        }
    }

    @Test
    void open_withTheOfficersPin_isTheOfficer() throws TokenException {
        try (Session officer = token().open(Login.securityOfficer(SO_PIN))) {
            assertThat(officer.info().role()).isEqualTo(Role.SECURITY_OFFICER);
        }
    }

    @Test
    void open_withTheOtherRolesPin_isRefused() throws TokenException {
        Token token = newToken(unique("Roles"));

        assertRefused(
                TokenAuthenticationException.class,
                () -> token.open(Login.user(SO_PIN)).close(),
                "CKR_PIN_INCORRECT");
        assertRefused(
                TokenAuthenticationException.class,
                () -> token.open(Login.securityOfficer(USER_PIN)).close(),
                "CKR_PIN_INCORRECT");
    }

    @Test
    void open_withWrongPins_countsDownAndLocks() throws TokenException {
        Token token = newToken(unique("Locked"));
        int tries = fixture().pinTries();

        for (int left = tries - 1; left >= 0; left--) {
            assertThat(token.info().has(TokenFlag.USER_PIN_FINAL_TRY)).isEqualTo(left == 0);
            TokenAuthenticationException refusal = assertRefused(
                    TokenAuthenticationException.class,
                    () -> token.open(Login.user(WRONG_PIN)).close(),
                    "CKR_PIN_INCORRECT",
                    left == 0 ? "CKR_PIN_LOCKED" : "CKR_PIN_INCORRECT");
            assertThat(refusal.attemptsLeft()).isEqualTo(OptionalInt.of(left));
            assertThat(token.info().flags()).contains(TokenFlag.USER_PIN_COUNT_LOW);
        }

        assertThat(token.info().flags()).contains(TokenFlag.USER_PIN_LOCKED);
        TokenAuthenticationException locked = assertRefused(
                TokenAuthenticationException.class, () -> user(token).close(), "CKR_PIN_LOCKED");
        assertThat(locked.attemptsLeft()).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void open_withTheRightPinInBetween_startsTheCountAnew() throws TokenException {
        Token token = newToken(unique("Forgetful"));
        int tries = fixture().pinTries();

        for (int round = 0; round < 2; round++) {
            TokenAuthenticationException refusal = assertRefused(
                    TokenAuthenticationException.class,
                    () -> token.open(Login.user(WRONG_PIN)).close(),
                    "CKR_PIN_INCORRECT");
            assertThat(refusal.attemptsLeft()).isEqualTo(OptionalInt.of(tries - 1));
            user(token).close();
            assertThat(token.info().flags()).doesNotContain(TokenFlag.USER_PIN_COUNT_LOW);
        }
    }

    @Test
    void initPin_byTheOfficer_unlocksAndKeepsTheObjects() throws Exception {
        Token token = newToken(unique("Reset"));
        byte[] message = {1, 2, 3};
        try (Session user = user(token)) {
            p256(user, Template.label("kept"));
        }
        lock(token);

        try (Session officer = token.open(Login.securityOfficer(SO_PIN))) {
            officer.initPin(OTHER_PIN);
        }

        assertThat(token.info().flags()).doesNotContain(TokenFlag.USER_PIN_LOCKED, TokenFlag.USER_PIN_COUNT_LOW);
        try (Session user = token.open(Login.user(OTHER_PIN))) {
            byte[] signature = user.sign(user.privateKey("kept"), Mechanism.ECDSA_SHA256, message);
            assertThat(user.verify(user.publicKey("kept"), Mechanism.ECDSA_SHA256, message, signature))
                    .isTrue();
        }
        assertRefused(TokenAuthenticationException.class, () -> user(token).close(), "CKR_PIN_INCORRECT");
    }

    @Test
    void initPin_byAnyoneElse_isRefused() throws TokenException {
        assertRefused(TokenPermissionException.class, () -> session().initPin(OTHER_PIN), "CKR_USER_NOT_LOGGED_IN");
        try (Session anyone = publicSession(token())) {
            assertRefused(TokenPermissionException.class, () -> anyone.initPin(OTHER_PIN), "CKR_USER_NOT_LOGGED_IN");
        }
    }

    @Test
    void setPin_byTheUser_replacesThePin() throws TokenException {
        Token token = newToken(unique("Change"));
        try (Session user = user(token)) {
            p256(user, Template.label("kept"));
            user.setPin(USER_PIN, OTHER_PIN);
            assertThat(user.findAll(ObjectQuery.privateKeys()))
                    .as("the session goes on")
                    .hasSize(1);
        }

        assertRefused(TokenAuthenticationException.class, () -> user(token).close(), "CKR_PIN_INCORRECT");
        try (Session user = token.open(Login.user(OTHER_PIN))) {
            assertThat(user.findAll(ObjectQuery.privateKeys())).hasSize(1);
        }
    }

    @Test
    void setPin_byTheOfficer_replacesTheOfficersPin() throws TokenException {
        Token token = newToken(unique("Officer"));
        try (Session officer = token.open(Login.securityOfficer(SO_PIN))) {
            officer.setPin(SO_PIN, OTHER_PIN);
        }

        assertRefused(
                TokenAuthenticationException.class,
                () -> token.open(Login.securityOfficer(SO_PIN)).close(),
                "CKR_PIN_INCORRECT");
        token.open(Login.securityOfficer(OTHER_PIN)).close();
        user(token).close();
    }

    @Test
    void setPin_withAWrongOldPin_isRefusedAndCounted() throws TokenException {
        Token token = newToken(unique("Guess"));
        try (Session user = user(token)) {
            assertRefused(
                    TokenAuthenticationException.class, () -> user.setPin(WRONG_PIN, OTHER_PIN), "CKR_PIN_INCORRECT");
        }
        assertThat(token.info().flags()).contains(TokenFlag.USER_PIN_COUNT_LOW);
        user(token).close();
    }

    @Test
    void setPin_outsideTheBounds_isRefused() throws TokenException {
        int min = token().info().minPinBytes();
        assertThat(min).isPositive();
        Pin tooShort = Pin.of("x".repeat(min - 1).toCharArray());

        assertRefused(TokenException.class, () -> session().setPin(USER_PIN, tooShort), "CKR_PIN_LEN_RANGE");
        user(token()).close();
    }

    @Test
    void find_inAPublicSession_seesNoPrivateObject() throws TokenException {
        String label = unique("halves");
        KeyPairObject pair = p256(session(), Template.label(label));

        try (Session anyone = publicSession(token())) {
            assertThat(anyone.findAll(ObjectQuery.all().label(label)))
                    .extracting(TokenObject::objectClass)
                    .containsExactly(ObjectClass.PUBLIC_KEY);
            assertThat(anyone.findAll(ObjectQuery.all().with(Attribute.PRIVATE, true)))
                    .isEmpty();
            assertRefused(
                    TokenException.class,
                    () -> anyone.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, new byte[1]),
                    "CKR_OBJECT_HANDLE_INVALID",
                    "CKR_KEY_HANDLE_INVALID");
            assertRefused(
                    TokenException.class,
                    () -> anyone.destroy(pair.privateKey()),
                    "CKR_OBJECT_HANDLE_INVALID",
                    "CKR_KEY_HANDLE_INVALID");
        }
    }

    @Test
    void find_byTheOfficer_seesNoPrivateObject() throws TokenException {
        String label = unique("halves");
        p256(session(), Template.label(label));

        try (Session officer = token().open(Login.securityOfficer(SO_PIN))) {
            assertThat(officer.findAll(ObjectQuery.all().label(label)))
                    .extracting(TokenObject::objectClass)
                    .containsExactly(ObjectClass.PUBLIC_KEY);
        }
    }

    @Test
    void generate_aPrivateKeyInAPublicSession_isRefused() throws TokenException {
        try (Session anyone = publicSession(token())) {
            assertRefused(
                    TokenPermissionException.class,
                    () -> p256(anyone, Template.label(unique("nobody's"))),
                    "CKR_USER_NOT_LOGGED_IN");
        }
    }

    @Test
    void write_inAReadOnlySession_isRefused() throws TokenException {
        KeyPairObject pair = p256(session(), Template.label(unique("read")));
        try (Session reader = token().openReadOnly(fixture().user())) {
            assertThat(reader.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, new byte[1]))
                    .hasSize(64);
            List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> writes = List.of(
                    () -> p256(reader, Template.label("no")),
                    () -> reader.destroy(pair.privateKey()),
                    () -> reader.setAttributes(pair.publicKey(), Template.label("no")),
                    () -> reader.copy(pair.publicKey(), Template.label("no")));
            writes.forEach(write -> assertRefused(TokenPermissionException.class, write, "CKR_SESSION_READ_ONLY"));
            assertThat(aes(reader, Template.empty().inSession()).attributes().isTrue(Attribute.TOKEN))
                    .isFalse();
        }
    }

    @Test
    void login_fromAPublicSession_sharesItsSessionObjects() throws TokenException {
        Session anyone = publicSession(token());
        String label = unique("shared");
        TokenObject data = anyone.create(Template.label(label).with(Attribute.CLASS, ObjectClass.DATA));

        try (Session user = anyone.login(fixture().user())) {
            assertThat(user.info().role()).isEqualTo(Role.USER);
            assertThat(anyone.info().role()).isEqualTo(Role.PUBLIC);
            anyone.close();
            assertThat(user.findAll(ObjectQuery.all().label(label)))
                    .as("they outlive the session that made them")
                    .extracting(TokenObject::id)
                    .containsExactly(data.id());
        }
        try (Session later = user(token())) {
            assertThat(later.findAll(ObjectQuery.all().label(label)))
                    .as("they die with the last session of theirs")
                    .isEmpty();
        }
    }

    @Test
    void find_sessionObjectsOfAnotherOpen_seesNone() throws TokenException {
        String label = unique("mine");
        try (Session mine = user(token())) {
            aes(mine, Template.label(label).inSession());
            assertThat(mine.findAll(ObjectQuery.all().label(label))).hasSize(1);
            assertThat(session().findAll(ObjectQuery.all().label(label))).isEmpty();
        }
    }

    @Test
    void login_withAWrongPin_leavesTheSessionAsItWas() throws TokenException {
        Token token = newToken(unique("Still"));
        try (Session anyone = publicSession(token)) {
            assertRefused(
                    TokenAuthenticationException.class,
                    () -> anyone.login(Login.user(WRONG_PIN)).close(),
                    "CKR_PIN_INCORRECT");
            assertThat(anyone.findAll(ObjectQuery.all())).isEmpty();
            assertThat(anyone.info().role()).isEqualTo(Role.PUBLIC);
        }
    }

    @Test
    void open_withAPinThatIsClosedAfterwards_goesOn() throws TokenException {
        Pin pin = USER_PIN.copy();
        try (Session user = token().open(Login.user(pin))) {
            pin.close();
            assertThat(user.findAll(ObjectQuery.all().label("nothing"))).isEmpty();
        }
    }

    private void lock(Token token) {
        for (int i = 0; i < fixture().pinTries(); i++) {
            assertRefused(
                    TokenAuthenticationException.class,
                    () -> token.open(Login.user(WRONG_PIN)).close(),
                    "CKR_PIN_INCORRECT",
                    "CKR_PIN_LOCKED");
        }
    }
}
