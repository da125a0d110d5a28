package org.symbolon.soft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Deadline;
import org.symbolon.TokenUnavailableException;

/** Writes that share a transaction: how it is guarded, and what becomes of them when their leader fails unforeseen. */
class DatabaseTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final CountDownLatch held = new CountDownLatch(1);
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicBoolean failsAsGroup = new AtomicBoolean();
    private final AtomicBoolean failsAtCommit = new AtomicBoolean();
    private Database database;

    @BeforeEach
    void open() throws Exception {
        Connector real = SqliteConnector.ofFile(folder.resolve("t.db"), Deadline.after(LONG));
        real.migrate(Deadline.after(LONG));
        Dialect dialect = proxy(Dialect.class, (self, method, arguments) -> {
            if (method.getName().equals("commit") && failsAtCommit.getAndSet(false)) {
                throw new OutOfMemoryError("for a test");
            }
            calls.add(method.getName());
            return call(real.dialect(), method, arguments);
        });
        database = new Database(proxy(Connector.class, (self, method, arguments) -> {
            if (method.getName().equals("dialect")) {
                return dialect;
            }
            if (method.getName().startsWith("guard")) {
                calls.add(method.getName() + " for " + ((List<?>) arguments[1]).size());
            }
            boolean ofGroup = method.getName().equals("guard") && ((List<?>) arguments[1]).size() > 1;
            if (ofGroup && failsAsGroup.getAndSet(false)) {
                throw new OutOfMemoryError("for a test");
            }
            return call(real, method, arguments);
        }));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Starts a write and waits until it is one of those that wait, or writes. */
    private FutureTask<Integer> write(Database.Work<Integer> work) {
        FutureTask<Integer> task = new FutureTask<>(() -> database.write(Deadline.after(LONG), 0, work));
        Thread thread = new Thread(task);
        thread.start();
        await().atMost(LONG)
                .until(() -> Arrays.stream(thread.getStackTrace())
                                .anyMatch(frame -> frame.getClassName().equals(WriteQueue.class.getName()))
                        && (thread.getState() == Thread.State.WAITING
                                || thread.getState() == Thread.State.TIMED_WAITING));
        return task;
    }

    private FutureTask<Integer> writeThatHolds() {
        return write(sql -> {
            try {
                return held.await(30, TimeUnit.SECONDS) ? 0 : -1;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void write_whoseLeaderFailsBeforeTheCommit_isDoneByTheNext() throws Exception {
        FutureTask<Integer> holder = writeThatHolds();
        FutureTask<Integer> leader = write(sql -> 1);
        FutureTask<Integer> follower = write(sql -> 2);
        failsAsGroup.set(true);
        held.countDown();

        assertThat(holder.get(30, TimeUnit.SECONDS)).isZero();
        assertThatThrownBy(() -> leader.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(follower.get(30, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void write_whoseLeaderFailsInTheCommit_isInDoubt() throws Exception {
        FutureTask<Integer> holder = writeThatHolds();
        FutureTask<Integer> leader = write(sql -> {
            failsAtCommit.set(true);
            return 1;
        });
        FutureTask<Integer> follower = write(sql -> 2);
        held.countDown();

        assertThat(holder.get(30, TimeUnit.SECONDS)).isZero();
        assertThatThrownBy(() -> leader.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> follower.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("may have been made or not");
        assertThat(database.<Integer>write(Deadline.after(LONG), 0, sql -> 3)).isEqualTo(3);
    }

    @Test
    void write_ofGroup_isGuardedOtherwiseOnceItCommits() throws Exception {
        FutureTask<Integer> holder = writeThatHolds();
        FutureTask<Integer> leader = write(sql -> {
            calls.add("work");
            return 1;
        });
        FutureTask<Integer> follower = write(sql -> 2);
        held.countDown();

        assertThat(holder.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(leader.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(follower.get(30, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(calls).containsSubsequence("guard for 2", "work", "guardCommit for 2", "commit");
    }
}
