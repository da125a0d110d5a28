package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;

/** Who changes a PIN at the same time as somebody else wins or is refused, and the token opens with the winner's. */
class SetPinRaceTest {
    private static final int ROUNDS = 8;
    private static final int RACERS = 2;

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(RACERS);
    private TokenModule one;
    private TokenModule other;

    @BeforeEach
    void open() throws TokenException {
        one = TestTokens.open(folder.resolve("race.db"));
        TestTokens.create(one);
        other = TestTokens.open(folder.resolve("race.db"));
        try (Session session = TestTokens.login(one)) {
            session.generateKey(Mechanism.AES_KEY_GEN.bytes(32), Template.label("kept"));
        }
    }

    @AfterEach
    void close() {
        threads.shutdown();
        one.close();
        other.close();
    }

    private static Pin pin(String text) {
        return Pin.of(text.toCharArray());
    }

    /** A change of a PIN. */
    @FunctionalInterface
    private interface Change {
        void run() throws TokenException;
    }

    /** Returns why the change was refused, if it was. */
    private Future<Optional<TokenException>> start(CyclicBarrier start, Change change) {
        return threads.submit(() -> {
            start.await();
            try {
                change.run();
                return Optional.empty();
            } catch (TokenException e) {
                return Optional.of(e);
            }
        });
    }

    private Future<Optional<TokenException>> change(Session session, String from, String to, CyclicBarrier start) {
        return start(start, () -> session.setPin(pin(from), pin(to)));
    }

    @Test
    void setPin_byTwoSessionsAtOnce_hasOneWinner() throws Exception {
        String current = "user-pin";
        for (int round = 0; round < ROUNDS; round++) {
            List<String> wanted = List.of("new-pin-a" + round, "new-pin-b" + round);
            List<Future<Optional<TokenException>>> outcomes = new ArrayList<>();
            CyclicBarrier start = new CyclicBarrier(RACERS);
            try (Session first = one.token(TestTokens.LABEL).open(Login.user(pin(current)));
                    Session second = other.token(TestTokens.LABEL).open(Login.user(pin(current)))) {
                outcomes.add(change(first, current, wanted.get(0), start));
                outcomes.add(change(second, current, wanted.get(1), start));
                for (Future<Optional<TokenException>> outcome : outcomes) {
                    outcome.get();
                }
            }

            boolean firstWon = outcomes.get(0).get().isEmpty();
            assertThat(outcomes.get(1).get().isEmpty()).as("round %d", round).isEqualTo(!firstWon);
            current = wanted.get(firstWon ? 0 : 1);
            try (Session session = one.token(TestTokens.LABEL).open(Login.user(pin(current)))) {
                assertThat(session.findAll(ObjectQuery.all().label("kept"))).hasSize(1);
            }
        }
    }

    @Test
    void setPin_whileTheOfficerSetsAnother_leavesTheTokenOpen() throws Exception {
        String current = "user-pin";
        for (int round = 0; round < ROUNDS; round++) {
            String users = "users-pin" + round;
            String officers = "officers-pin" + round;
            CyclicBarrier start = new CyclicBarrier(RACERS);
            Optional<TokenException> usersRefusal;
            Optional<TokenException> officersRefusal;
            try (Session user = one.token(TestTokens.LABEL).open(Login.none());
                    Session officer = other.token(TestTokens.LABEL).open(Login.securityOfficer(TestTokens.soPin()))) {
                Future<Optional<TokenException>> changed = change(user, current, users, start);
                Future<Optional<TokenException>> replaced = start(start, () -> officer.initPin(pin(officers)));
                usersRefusal = changed.get();
                officersRefusal = replaced.get();
            }
            assertThat(usersRefusal.isPresent() && officersRefusal.isPresent())
                    .as("round %d", round)
                    .isFalse();
            List<String> opening = new ArrayList<>();
            for (String candidate : List.of(users, officers)) {
                if (opens(candidate)) {
                    opening.add(candidate);
                }
            }
            assertThat(opening).as("round %d", round).hasSize(1);
            current = opening.get(0);
            assertThat(current.equals(users) ? usersRefusal : officersRefusal)
                    .as("round %d", round)
                    .isEmpty();
        }
    }

    private boolean opens(String candidate) throws TokenException {
        try (Session session = one.token(TestTokens.LABEL).open(Login.user(pin(candidate)))) {
            assertThat(session.findAll(ObjectQuery.all().label("kept"))).hasSize(1);
            return true;
        } catch (org.symbolon.TokenAuthenticationException e) {
            assertThat(e.status().name()).isEqualTo("CKR_PIN_INCORRECT");
            return false;
        }
    }
}
