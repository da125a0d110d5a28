package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.Outcome;
import org.symbolon.Role;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.TokenUnavailableException;
import org.symbolon.soft.store.DatabaseLocation;
import org.symbolon.soft.store.Sql;
import org.symbolon.soft.store.TryTable;
import org.symbolon.spi.Request;

/** Writes that share a transaction, and what becomes of them when all of it fails. */
class WriteGroupTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Path database;

    @BeforeEach
    void makeToken() throws Exception {
        database = folder.resolve("group.db");
        try (TokenModule module = anchored()) {
            TestTokens.create(module);
        }
    }

    private TokenModule anchored() throws Exception {
        return TestTokens.builder()
                .sqlite(database)
                .anchor(RollbackAnchor.file(folder.resolve("anchor")))
                .open();
    }

    private static Template data(String label, int bytes) {
        return Template.of(Attribute.CLASS, ObjectClass.DATA)
                .onToken()
                .and(Template.label(label))
                .with(Attribute.VALUE, Bytes.of(new byte[bytes]));
    }

    @Test
    void write_sharedTransactionThatIsRolledBack_isNotTakenForARollbackOfTheDatabase() throws Exception {
        try (TokenModule module = anchored();
                Session session = TestTokens.login(module)) {
            CountDownLatch held = new CountDownLatch(1);
            FutureTask<Boolean> holder = new FutureTask<>(() -> hold(held));
            awaitInQueue(start(holder), "holder");
            FutureTask<TokenObject> first = new FutureTask<>(() -> session.create(data("first", 10)));
            awaitInQueue(start(first), "first");
            FutureTask<Boolean> failing = new FutureTask<>(this::readAndFail);
            awaitInQueue(start(failing), "failing");
            held.countDown();

            assertThat(holder.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(first.get(30, TimeUnit.SECONDS).label()).isEqualTo("first");
            assertThatThrownBy(() -> failing.get(30, TimeUnit.SECONDS)).hasMessageContaining("FOREIGN KEY");
            assertThat(session.create(data("later", 10)).label()).isEqualTo("later");
        }
    }

    /** Writes until it is let go, so that other writes come together behind it. */
    private boolean hold(CountDownLatch held) throws Exception {
        return write((token, sql) -> {
            try {
                return held.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Reads the record as a write does, and fails with an error of the database. */
    private boolean readAndFail() throws Exception {
        return write((token, sql) -> {
            token.latestRecord(sql, token.record(sql).verifyKey());
            TryTable.begin(sql, 99, Role.USER, new byte[16], 1);
            return true;
        });
    }

    /** What is done to a token in a transaction. */
    private interface Work {
        boolean run(OpenToken token, Sql sql) throws TokenException;
    }

    private boolean write(Work work) throws Exception {
        OpenDatabase open = OpenDatabase.acquire(DatabaseLocation.file(database), Deadline.after(LONG));
        try {
            return open.database().write(Deadline.after(LONG), 0, sql -> work.run(open.token(0), sql));
        } finally {
            open.release();
        }
    }

    private static Thread start(FutureTask<?> task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    private static void awaitInQueue(Thread thread, String which) {
        await(which)
                .atMost(LONG)
                .until(() -> Arrays.stream(thread.getStackTrace())
                                .anyMatch(frame -> frame.getClassName().endsWith("WriteQueue"))
                        && (thread.getState() == Thread.State.WAITING
                                || thread.getState() == Thread.State.TIMED_WAITING));
    }

    @Test
    void performAll_creationsThatTheDatabaseDoesNotAnswer_areNotTriedAgain() throws Exception {
        try (TokenModule module = anchored();
                Session session = TestTokens.login(module);
                RawDatabase raw = new RawDatabase(database)) {
            raw.run("BEGIN IMMEDIATE");

            List<Outcome<?>> outcomes = session.within(Duration.ofMillis(300))
                    .performAll(List.of(new Request.Create(data("a", 1)), new Request.Create(data("b", 1))));

            assertThat(outcomes.get(0).failure()).isInstanceOf(TokenUnavailableException.class);
            assertThat(outcomes.get(1).failure()).isSameAs(outcomes.get(0).failure());
            raw.run("ROLLBACK");
            assertThat(session.findAll(ObjectQuery.of(ObjectClass.DATA))).isEmpty();
        }
    }
}
