package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenFlag;
import org.symbolon.TokenModule;
import org.symbolon.TokenPermissionException;
import org.symbolon.TokenUnavailableException;

/** PINs: right, wrong, locked, reset, many at once. */
class PinTest {
    @TempDir
    Path folder;

    private static TokenAuthenticationException refuse(Token token, Pin pin) {
        return catchThrowableOfType(TokenAuthenticationException.class, () -> token.open(Login.user(pin)));
    }

    @Test
    void open_wrongPins_tellTriesLeftThenLock() throws Exception {
        try (TokenModule module = TestTokens.builder().pinTries(3).open()) {
            Token token = TestTokens.create(module);

            assertThat(refuse(token, TestTokens.wrongPin()).attemptsLeft()).isEqualTo(OptionalInt.of(2));
            assertThat(token.info().flags()).contains(TokenFlag.USER_PIN_COUNT_LOW);
            assertThat(refuse(token, TestTokens.wrongPin()).attemptsLeft()).isEqualTo(OptionalInt.of(1));
            assertThat(token.info().flags()).contains(TokenFlag.USER_PIN_FINAL_TRY);
            TokenAuthenticationException third = refuse(token, TestTokens.wrongPin());
            assertThat(third.status().name()).isEqualTo("CKR_PIN_INCORRECT");
            assertThat(third.attemptsLeft()).isEqualTo(OptionalInt.of(0));
            TokenAuthenticationException locked = refuse(token, TestTokens.userPin());
            assertThat(locked.status().name()).isEqualTo("CKR_PIN_LOCKED");
            assertThat(locked.attemptsLeft()).isEqualTo(OptionalInt.of(0));
            assertThat(token.info().flags()).contains(TokenFlag.USER_PIN_LOCKED);
            assertThat(token.info().userTriesLeft()).isEqualTo(OptionalInt.of(0));
        }
    }

    @Test
    void initPin_ofLockedUser_unlocks() throws Exception {
        try (TokenModule module = TestTokens.builder().pinTries(1).open()) {
            Token token = TestTokens.create(module);
            refuse(token, TestTokens.wrongPin());
            assertThat(refuse(token, TestTokens.userPin()).status().name()).isEqualTo("CKR_PIN_LOCKED");

            try (Session officer = token.open(Login.securityOfficer(TestTokens.soPin()))) {
                officer.initPin(TestTokens.userPin());
            }

            TestTokens.login(module).close();
            assertThat(token.info().flags()).doesNotContain(TokenFlag.USER_PIN_LOCKED, TokenFlag.USER_PIN_COUNT_LOW);
        }
    }

    @Test
    void open_rightPinAfterWrong_resetsTheCounter() throws Exception {
        try (TokenModule module = TestTokens.builder().pinTries(3).open()) {
            Token token = TestTokens.create(module);
            refuse(token, TestTokens.wrongPin());

            TestTokens.login(module).close();

            assertThat(refuse(token, TestTokens.wrongPin()).attemptsLeft()).isEqualTo(OptionalInt.of(2));
        }
    }

    @Test
    void open_100CorrectLoginsAtOnce_allSucceed() throws Exception {
        ModuleOptions patient = ModuleOptions.ofDefaults().withTimeout(java.time.Duration.ofMinutes(5));
        try (TokenModule module =
                TestTokens.builder().pinTries(3).options(patient).open()) {
            Token token = TestTokens.create(module);

            List<String> outcomes = inParallel(100, () -> {
                try (Session session = token.open(Login.user(TestTokens.userPin()))) {
                    return session.info().role().name();
                }
            });

            assertThat(outcomes).hasSize(100).containsOnly("USER");
            assertThat(token.info().flags()).doesNotContain(TokenFlag.USER_PIN_COUNT_LOW);
        }
    }

    @Test
    void open_16ThreadsGuessing_spendExactlyTheTries() throws Exception {
        try (TokenModule module = TestTokens.builder().pinTries(5).open()) {
            Token token = TestTokens.create(module);

            List<String> outcomes = inParallel(
                    16, () -> refuse(token, TestTokens.wrongPin()).status().name());

            assertThat(Collections.frequency(outcomes, "CKR_PIN_INCORRECT")).isEqualTo(5);
            assertThat(Collections.frequency(outcomes, "CKR_PIN_LOCKED")).isEqualTo(11);
        }
    }

    private static List<String> inParallel(int count, Callable<String> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<String> outcomes = new ArrayList<>();
            for (Future<String> future : threads.invokeAll(Collections.nCopies(count, task))) {
                outcomes.add(future.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    /** The PIN race: 16 threads and 4 processes at once. */
    @Test
    void open_sixteenThreadsAndFourProcessesGuessing_spendExactlyTheTries() throws Exception {
        Path database = folder.resolve("guessed.db");
        ModuleOptions patient = ModuleOptions.ofDefaults().withTimeout(java.time.Duration.ofMinutes(2));
        try (TokenModule module = TestTokens.builder()
                .sqlite(database)
                .pinTries(8)
                .options(patient)
                .open()) {
            Token token = TestTokens.create(module);
            List<OtherProcess> guessers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                guessers.add(OtherProcess.start("guess", database.toString(), "4"));
            }
            List<String> outcomes = new ArrayList<>(inParallel(
                    16, () -> refuse(token, TestTokens.wrongPin()).status().name()));
            for (OtherProcess guesser : guessers) {
                guesser.output().lines().filter(line -> !line.isBlank()).forEach(outcomes::add);
            }

            assertThat(Collections.frequency(outcomes, "CKR_PIN_INCORRECT")).isEqualTo(8);
            assertThat(Collections.frequency(outcomes, "CKR_PIN_LOCKED")).isEqualTo(24);
            assertThat(outcomes).hasSize(32);
        }
    }

    @Test
    void open_tryOfDeadProcess_doesNotLock() throws Exception {
        Path database = folder.resolve("dead.db");
        try (TokenModule module =
                        TestTokens.builder().sqlite(database).pinTries(2).open();
                RawDatabase raw = new RawDatabase(database)) {
            TestTokens.create(module);
            raw.run("INSERT INTO pin_try (token, role, nonce, expires) VALUES (0, 1, x'00', 1)");
            raw.run("INSERT INTO pin_try (token, role, nonce, expires) VALUES (0, 1, x'01', 1)");

            TestTokens.login(module).close();

            assertThat(raw.readAll("pin_try", "1 = 1")).isEmpty();
        }
    }

    @Test
    void open_whileOtherTriesTakeAllThatIsLeft_waitsUntilTheDeadline() throws Exception {
        Path database = folder.resolve("waiting.db");
        ModuleOptions hasty = ModuleOptions.ofDefaults().withTimeout(java.time.Duration.ofMillis(300));
        try (TokenModule module =
                        TestTokens.builder().sqlite(database).pinTries(1).open();
                RawDatabase raw = new RawDatabase(database)) {
            TestTokens.create(module);
            raw.run(
                    "INSERT INTO pin_try (token, role, nonce, expires) VALUES (0, 1, x'00', ?)",
                    System.currentTimeMillis() + 60_000);

            try (TokenModule impatient =
                    TestTokens.builder().sqlite(database).options(hasty).open()) {
                assertThatThrownBy(() -> TestTokens.login(impatient)).isInstanceOf(TokenUnavailableException.class);
            }
            assertThat(raw.read("key_slot", "role = 1").get("failed_tries")).isEqualTo(0);
        }
    }

    @Test
    void delay_afterWrongPins_doublesUpToFiveSeconds() {
        assertThat(PinTries.delayMillis(0)).isZero();
        assertThat(PinTries.delayMillis(2)).isZero();
        assertThat(PinTries.delayMillis(3)).isEqualTo(50);
        assertThat(PinTries.delayMillis(5)).isEqualTo(200);
        assertThat(PinTries.delayMillis(999)).isEqualTo(5000);
    }

    @Test
    void open_userWithoutPin_isNotInitialized() throws Exception {
        try (TokenModule module = TestTokens.builder().open()) {
            Token token = module.emptySlot().initialize("New", TestTokens.soPin());

            assertThat(refuse(token, TestTokens.userPin()).status().name()).isEqualTo("CKR_USER_PIN_NOT_INITIALIZED");
            assertThat(token.info().flags()).doesNotContain(TokenFlag.USER_PIN_INITIALIZED);
        }
    }

    @Test
    void setPin_byUser_changesOnlyThePin() throws Exception {
        try (TokenModule module = TestTokens.builder().open()) {
            Token token = TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("kept"));
                session.setPin(TestTokens.userPin(), Pin.of("another".toCharArray()));
            }

            assertThat(refuse(token, TestTokens.userPin()).status().name()).isEqualTo("CKR_PIN_INCORRECT");
            try (Session session = token.open(Login.user(Pin.of("another".toCharArray())))) {
                assertThat(session.findAll(ObjectQuery.all().label("kept"))).hasSize(1);
            }
        }
    }

    @Test
    void setPin_byFourThreadsAtOnce_succeedsOnce() throws Exception {
        try (TokenModule module = TestTokens.builder().pinTries(9).open()) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                List<String> outcomes = inParallel(4, () -> {
                    try {
                        session.setPin(TestTokens.userPin(), Pin.of("another".toCharArray()));
                        return "set";
                    } catch (TokenAuthenticationException e) {
                        return e.status().name();
                    }
                });

                assertThat(outcomes).containsOnlyOnce("set").containsOnly("set", "CKR_PIN_INCORRECT");
            }
        }
    }

    @Test
    void setPin_tooShort_isRefused() throws Exception {
        try (TokenModule module = TestTokens.builder().open()) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                assertThatThrownBy(() -> session.setPin(TestTokens.userPin(), Pin.of("abc".toCharArray())))
                        .isInstanceOf(TokenAuthenticationException.class)
                        .hasMessageContaining("CKR_PIN_LEN_RANGE");
            }
        }
    }

    @Test
    void initPin_byUser_isRefused() throws Exception {
        try (TokenModule module = TestTokens.builder().open()) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                assertThatThrownBy(() -> session.initPin(TestTokens.wrongPin()))
                        .isInstanceOf(TokenPermissionException.class)
                        .hasMessageContaining("CKR_USER_NOT_LOGGED_IN");
            }
        }
    }

    @Test
    void initialize_again_wantsOfficersPinAndEmptiesTheToken() throws Exception {
        try (TokenModule module = TestTokens.builder().open()) {
            Token token = TestTokens.create(module);
            String serial = token.info().serialNumber();
            try (Session session = TestTokens.login(module)) {
                session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("gone"));
                assertThatThrownBy(() -> module.slots().get(0).initialize("Again", TestTokens.soPin()))
                        .isInstanceOf(TokenException.class)
                        .hasMessageContaining("CKR_SESSION_EXISTS");
            }
            assertThatThrownBy(() -> module.slots().get(0).initialize("Again", TestTokens.wrongPin()))
                    .hasMessageContaining("CKR_PIN_INCORRECT");

            Token again = module.slots().get(0).initialize("Again", TestTokens.soPin());

            assertThat(again.info().serialNumber()).isEqualTo(serial);
            try (Session officer = again.open(Login.securityOfficer(TestTokens.soPin()))) {
                officer.initPin(TestTokens.userPin());
            }
            try (Session session = again.open(Login.user(TestTokens.userPin()))) {
                assertThat(session.findAll(ObjectQuery.all())).isEmpty();
            }
        }
    }
}
