package org.symbolon.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.symbolon.tests.contract.Refusals.assertRefused;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.symbolon.Attribute;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.ModuleOptions.ClosePolicy;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectQuery;
import org.symbolon.Operation;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenFlag;
import org.symbolon.TokenModule;
import org.symbolon.TokenUnavailableException;

/** Closing, deadlines, interruption, many threads. */
@Timeout(120)
abstract class LifecycleContract extends Contract {
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final int THREADS = 8;

    LifecycleContract(Supplier<? extends TokenFixture> fixtures) {
        super(fixtures);
    }

    @Test
    void session_afterClose_isNotUsed() throws TokenException {
        Session closed = user(token());
        KeyPairObject pair = p256(closed, Template.empty());
        closed.close();
        closed.close();

        assertThat(closed.isClosed()).isTrue();
        List<ThrowingCallable> uses = List.of(
                () -> closed.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE),
                () -> closed.startSign(pair.privateKey(), Mechanism.ECDSA_SHA256)
                        .close(),
                () -> closed.find(ObjectQuery.all()).close(),
                () -> closed.random(1),
                () -> closed.login(Login.user(USER_PIN)).close(),
                () -> closed.performAll(List.of()));
        uses.forEach(use -> assertThatThrownBy(use).isInstanceOf(IllegalStateException.class));
    }

    @Test
    void session_whenItsViewIsClosed_isClosedToo() throws TokenException {
        Session session = user(token());
        session.within(Duration.ofSeconds(5)).close();

        assertThatThrownBy(() -> session.random(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void module_whenItIsClosed_closesItsSessions() throws TokenException {
        TokenModule module = fixture().open(ModuleOptions.ofDefaults());
        Token token = module.token("Contract");
        Session session = user(token);
        module.close();
        module.close();

        assertThat(session.isClosed()).isTrue();
        assertThatThrownBy(() -> session.random(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(module::slots).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> user(token).close()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void operation_afterItsEnd_isNotUsed() throws TokenException {
        KeyPairObject pair = p256(session(), Template.empty());
        Operation operation = session().startSign(pair.privateKey(), Mechanism.ECDSA_SHA256);
        operation.update(MESSAGE);
        assertThat(operation.finish()).hasSize(64);

        assertThatThrownBy(() -> operation.update(MESSAGE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(operation::finish).isInstanceOf(IllegalStateException.class);
        operation.close();
        operation.close();
    }

    @Test
    void operation_thatSigns_doesNotVerify() throws TokenException {
        KeyPairObject pair = p256(session(), Template.empty());
        try (Operation operation = session().startSign(pair.privateKey(), Mechanism.ECDSA_SHA256)) {
            assertThatThrownBy(() -> operation.verify(new byte[64])).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void operation_thatIsGivenUp_letsTheSessionGoOn() throws TokenException {
        KeyPairObject pair = p256(session(), Template.empty());
        for (int i = 0; i < 100; i++) {
            Operation operation = session().startSign(pair.privateKey(), Mechanism.ECDSA_SHA256);
            operation.update(MESSAGE);
            operation.close();
        }
        assertThat(session().sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE))
                .hasSize(64);
    }

    @Test
    void cursor_afterClose_givesNothing() throws TokenException {
        session().create(Template.of(Attribute.CLASS, ObjectClass.DATA));
        ObjectCursor cursor = session().find(ObjectQuery.of(ObjectClass.DATA));
        cursor.close();
        cursor.close();

        try {
            assertThat(cursor.next(1)).isEmpty();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("closed");
        }
    }

    @Test
    void close_thatWaits_letsARunningCallEnd() throws Exception {
        Outcome outcome = closeDuringKeyGeneration(ClosePolicy.WAIT);

        assertThat(outcome.failure()).isNull();
        assertThat(outcome.closed()).isTrue();
    }

    @Test
    void close_thatCancels_endsARunningCallOneWayOrTheOther() throws Exception {
        Outcome outcome = closeDuringKeyGeneration(ClosePolicy.CANCEL);

        assertThat(outcome.closed()).isTrue();
        if (outcome.failure() != null) {
            assertThat(outcome.failure())
                    .as("it had ended before, or is told why it did not")
                    .isInstanceOfAny(TokenUnavailableException.class, IllegalStateException.class);
        }
    }

    @Test
    void call_onAnInterruptedThread_isRefusedAndTheThreadStaysInterrupted() throws TokenException {
        boolean still;
        try {
            Thread.currentThread().interrupt();
            assertRefused(
                    TokenUnavailableException.class,
                    () -> p256(session(), Template.label("interrupted")),
                    "CKR_FUNCTION_CANCELED");
        } finally {
            still = Thread.interrupted();
        }
        assertThat(still).isTrue();
        assertThat(session().findAll(ObjectQuery.all().label("interrupted"))).isEmpty();
    }

    @Test
    void call_whoseDeadlineHasPassed_isRefused() throws TokenException {
        Session hurried = session().within(Duration.ofNanos(1));

        assertRefused(
                TokenUnavailableException.class,
                () -> p256(hurried, Template.label("too late")),
                "CKR_FUNCTION_CANCELED");
        assertThat(session().findAll(ObjectQuery.all().label("too late"))).isEmpty();
    }

    @Test
    void sign_byManyThreadsWithOneKey_isRightEachTime() throws Exception {
        KeyPairObject pair = p256(session(), Template.label(unique("shared")));

        inThreads(thread -> {
            for (int i = 0; i < 25; i++) {
                byte[] message = {(byte) thread, (byte) i};
                byte[] signature = session().sign(pair.privateKey(), Mechanism.ECDSA_SHA256, message);
                assertThat(session().verify(pair.publicKey(), Mechanism.ECDSA_SHA256, message, signature))
                        .isTrue();
            }
        });
    }

    @Test
    void startSign_byManyThreadsAtOnce_keepsTheStreamsApart() throws Exception {
        KeyPairObject pair = p256(session(), Template.empty());

        inThreads(thread -> {
            byte[] message = new byte[1000];
            message[0] = (byte) thread;
            try (Operation operation = session().startSign(pair.privateKey(), Mechanism.ECDSA_SHA256)) {
                for (int offset = 0; offset < message.length; offset += 10) {
                    operation.update(message, offset, 10);
                }
                assertThat(session().verify(pair.publicKey(), Mechanism.ECDSA_SHA256, message, operation.finish()))
                        .isTrue();
            }
        });
    }

    @Test
    void objects_madeByManyThreads_areAllThere() throws Exception {
        String label = unique("thread");
        Semaphore turns = new Semaphore(fixture().changesAtOnce() ? THREADS : 1);

        inThreads(thread -> {
            for (int i = 0; i < 5; i++) {
                turns.acquire();
                try {
                    KeyPairObject pair = p256(session(), Template.label(label + " " + thread + " " + i));
                    assertThat(session().privateKey(pair.privateKey().label()).id())
                            .isEqualTo(pair.privateKey().id());
                    if (i % 2 == 0) {
                        session().destroy(pair.privateKey());
                        session().destroy(pair.publicKey());
                    }
                } finally {
                    turns.release();
                }
            }
        });

        for (int thread = 0; thread < THREADS; thread++) {
            for (int i = 0; i < 5; i++) {
                assertThat(session().findAll(ObjectQuery.all().label(label + " " + thread + " " + i)))
                        .hasSize(i % 2 == 0 ? 0 : 2);
            }
        }
    }

    @Test
    void login_byManyThreadsAtOnce_letsAllIn() throws Exception {
        Token crowded = newToken(unique("Crowded"));

        inThreads(thread -> {
            try (Session session = user(crowded)) {
                assertThat(session.random(1)).hasSize(1);
            }
        });

        assertThat(crowded.info().flags()).doesNotContain(TokenFlag.USER_PIN_COUNT_LOW);
    }

    private record Outcome(boolean closed, @Nullable Throwable failure) {}

    private Outcome closeDuringKeyGeneration(ClosePolicy policy) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (TokenModule module = fixture().open(ModuleOptions.ofDefaults().withClosePolicy(policy))) {
            CountDownLatch running = new CountDownLatch(1);
            Session session =
                    user(module.token("Contract")).decorated(spi -> new AnnouncingSession(spi, running::countDown));
            Future<KeyPairObject> generation = executor.submit(
                    () -> session.generateKeyPair(Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(4096), Template.empty()));
            running.await();
            session.close();
            return new Outcome(session.isClosed(), failureOf(generation));
        } finally {
            executor.shutdownNow();
        }
    }

    private static @Nullable Throwable failureOf(Future<?> future) throws InterruptedException {
        try {
            future.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @FunctionalInterface
    private interface ThreadBody {
        void run(int thread) throws Exception;
    }

    private static void inThreads(ThreadBody body) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                Callable<Void> task = () -> {
                    start.await();
                    body.run(thread);
                    return null;
                };
                running.add(executor.submit(task));
            }
            start.countDown();
            for (Future<Void> thread : running) {
                thread.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
