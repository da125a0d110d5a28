package org.symbolon.soft.store;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Deadline;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;

/**
 * An open database.
 *
 * <p>Every call is one transaction, waits until its deadline and answers interruption. Writes that wait at the same time
 * share one. Thread-safe.
 */
public final class Database implements AutoCloseable {
    /** The slot to name when a token is made in whatever slot is free; such a write shares its transaction with none. */
    public static final long NEW_TOKEN = -1;

    private static final String SAVEPOINT = "SAVEPOINT work";
    private static final String UNDO_WORK = "ROLLBACK TO SAVEPOINT work";
    private static final String END_WORK = "RELEASE SAVEPOINT work";

    private final Connector connector;
    private final Dialect dialect;
    private final WriteQueue writes;
    private volatile boolean closed;

    Database(Connector connector) {
        this.connector = connector;
        this.dialect = connector.dialect();
        this.writes = new WriteQueue("other writers of the database " + connector.name());
    }

    /**
     * Opens a database and brings its schema up to date.
     *
     * @param location where it is
     * @param deadline until when other processes may make it wait
     * @return the database
     * @throws TokenException if it cannot be opened, is none of ours, or was written by a newer version
     */
    public static Database open(DatabaseLocation location, Deadline deadline) throws TokenException {
        Connector connector = location.connector(deadline);
        boolean open = false;
        try {
            connector.migrate(deadline);
            open = true;
            return new Database(connector);
        } finally {
            if (!open) {
                connector.close();
            }
        }
    }

    /**
     * What is done within a transaction. May run more than once, and in another thread.
     *
     * @param <T> the class of its result
     */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Does it.
         *
         * @param sql the transaction
         * @return the result
         * @throws TokenException if it fails; the transaction is rolled back
         */
        T run(Sql sql) throws TokenException;
    }

    /**
     * Reads in one transaction: what it sees does not change while it runs.
     *
     * @param deadline until when it may wait
     * @param work what is done
     * @param <T> the class of the result
     * @return the result
     * @throws TokenException if {@code work} fails or the database does not answer
     */
    public <T> T read(Deadline deadline, Work<T> work) throws TokenException {
        return read(deadline, newFlight(), work);
    }

    /** {@return an empty flight, to be filled with what a reading work will ask} */
    public Flight newFlight() {
        return new Flight(dialect);
    }

    /**
     * Reads in one transaction, and from a remote database in one round trip if the work asks nothing but what was
     * foreseen.
     *
     * @param deadline until when it may wait
     * @param foreseen what the work will ask
     * @param work what is done
     * @param <T> the class of the result
     * @return the result
     * @throws TokenException if {@code work} fails or the database does not answer
     */
    public <T> T read(Deadline deadline, Flight foreseen, Work<T> work) throws TokenException {
        if (connector.isPrivate()) {
            return write(deadline, 0, work);
        }
        boolean flying = !foreseen.isEmpty();
        @Nullable SqlFailure last = null;
        while (true) {
            check(deadline, last);
            Sql sql = reader(deadline);
            try {
                connector.guard(sql, List.of(Connector.Caller.current(deadline)));
                return flying ? sql.fly(foreseen, work) : readOnce(sql, work);
            } catch (UnforeseenQuery e) {
                flying = false;
            } catch (SqlFailure e) {
                last = sql.isBrokenOff() ? null : e;
                flying = false;
                requireRetryable(sql, e);
            } finally {
                connector.giveBack(sql);
            }
        }
    }

    private Sql reader(Deadline deadline) throws TokenException {
        requireOpen();
        return connector.reader(deadline);
    }

    private <T> T readOnce(Sql sql, Work<T> work) throws TokenException {
        boolean good = false;
        try {
            dialect.beginRead(sql);
            T result = work.run(sql);
            dialect.commit(sql);
            good = true;
            return result;
        } finally {
            if (!good) {
                dialect.rollback(sql);
            }
        }
    }

    /**
     * Writes in one transaction, which is durable when this returns. Writes of the same token that wait at the same time
     * share a transaction; one that fails harms no other.
     *
     * @param deadline until when it may wait
     * @param slot the slot of the token that is written; no other process writes it meanwhile
     * @param work what is done, perhaps in another thread that writes for this one
     * @param <T> the class of the result
     * @return the result
     * @throws TokenException if {@code work} fails or the database does not answer; then nothing was written, unless the
     *     message says that it may have been
     */
    public <T> T write(Deadline deadline, long slot, Work<T> work) throws TokenException {
        return writes.run(new Write<>(Connector.Caller.current(deadline), slot, work), this::lead);
    }

    /** Writes a group, and after a failure that is not one write's own this thread's alone. */
    private void lead(Write<?> own) throws TokenException {
        Deadline deadline = own.caller().deadline();
        int max = connector.maxGroup();
        @Nullable SqlFailure last = null;
        while (own.isWaiting()) {
            check(deadline, last);
            requireOpen();
            Sql sql = connector.writer(deadline);
            try {
                Optional<SqlFailure> failure = writeGroup(sql, own, max);
                if (failure.isPresent()) {
                    last = sql.isBrokenOff() ? null : failure.get();
                    max = 1;
                }
            } finally {
                connector.giveBack(sql);
            }
        }
    }

    /** Writes a group in one transaction; returns the failure after which it has to be tried again. */
    private Optional<SqlFailure> writeGroup(Sql sql, Write<?> own, int max) throws TokenException {
        List<Write<?>> group = List.of();
        boolean committing = false;
        boolean ended = false;
        boolean settled = false;
        try {
            connector.guard(sql, List.of(own.caller()));
            dialect.beginWrite(sql, own.slot());
            group = writes.take(own, max);
            connector.guard(sql, callers(group));
            for (Write<?> write : group) {
                attempt(sql, write, group.size() > 1);
            }
            if (group.stream().anyMatch(Write::isGood)) {
                dialect.finish(sql);
                connector.guardCommit(sql, callers(group));
                committing = true;
                dialect.commit(sql);
                ended = true;
            }
            writes.done(group);
            settled = true;
            return Optional.empty();
        } catch (SqlFailure e) {
            if (committing && dialect.isInDoubt(e.failure())) {
                fail(group, inDoubt(e));
                settled = true;
                return Optional.empty();
            }
            boolean alone = group.size() <= 1;
            if (alone && !sql.isBrokenOff() && !dialect.isRetryable(e.failure())) {
                own.fail(dialect.translate(e.failure()));
                writes.done(List.of(own));
                settled = true;
                return Optional.empty();
            }
            writes.putBack(group);
            settled = true;
            return Optional.of(e);
        } finally {
            try {
                if (!ended) {
                    dialect.rollback(sql);
                }
            } finally {
                if (!settled) {
                    abandon(group, committing);
                }
            }
        }
    }

    /** Leaves a group that its leader cannot end, because of a bug or the end of the memory, so that nobody waits for it. */
    private void abandon(List<Write<?>> group, boolean committing) {
        if (committing) {
            fail(group, inDoubt(null));
        } else {
            writes.putBack(group);
        }
    }

    /** Returns whose patience bounds a group. A whole new token takes as long as it takes, until its thread is interrupted. */
    private static List<Connector.Caller> callers(List<Write<?>> group) {
        return group.stream()
                .map(write -> write.slot() == NEW_TOKEN
                        ? new Connector.Caller(
                                write.caller().thread(), Deadline.after(ChronoUnit.FOREVER.getDuration()))
                        : write.caller())
                .toList();
    }

    /** Does one work of a group. An error that it alone has harms no other; another one is thrown. */
    private void attempt(Sql sql, Write<?> write, boolean inCompany) {
        if (inCompany) {
            sql.execute(SAVEPOINT);
        }
        Optional<SqlFailure> failure = write.attempt(sql);
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (inCompany) {
            if (!write.isGood()) {
                sql.execute(UNDO_WORK);
            }
            sql.execute(END_WORK);
        }
    }

    private void fail(List<Write<?>> group, TokenException reason) {
        group.forEach(write -> {
            if (write.isGood()) {
                write.fail(reason);
            }
        });
        writes.done(group);
    }

    private TokenException inDoubt(@Nullable SqlFailure e) {
        return new TokenUnavailableException(
                Status.ckr("CKR_DEVICE_ERROR"),
                "the database " + connector.name()
                        + " was lost while it committed: the change may have been made or not",
                e == null ? null : e.failure());
    }

    /** Refuses to go on when the time is over, with what has failed until then. */
    private void check(Deadline deadline, @Nullable SqlFailure last) throws TokenException {
        if (last != null && deadline.isPassed()) {
            throw dialect.translate(last.failure());
        }
        deadline.check("the database " + connector.name());
    }

    private void requireRetryable(Sql sql, SqlFailure e) throws TokenException {
        if (!sql.isBrokenOff() && !dialect.isRetryable(e.failure())) {
            throw dialect.translate(e.failure());
        }
    }

    private void requireOpen() throws TokenException {
        if (closed) {
            throw new TokenUnavailableException(
                    Status.ckr("CKR_CRYPTOKI_NOT_INITIALIZED"), "the database " + connector.name() + " was closed");
        }
    }

    /**
     * Opens a feed of what other processes change.
     *
     * @return the feed, to be closed before the database; empty if no other process writes here
     */
    public Optional<ChangeFeed> openFeed() {
        return connector.isPrivate() ? Optional.empty() : Optional.of(connector.openFeed(writes));
    }

    /** {@return whether the database is a round trip away, so that foreseeing saves time} */
    public boolean isRemote() {
        return dialect.flies();
    }

    /** {@return how long a change by another process goes unnoticed at most} */
    public Duration changeDelay() {
        return connector.changeDelay();
    }

    /** {@return whether this was closed} */
    public boolean isClosed() {
        return closed;
    }

    /** {@return the database in words, for messages} */
    public String name() {
        return connector.name();
    }

    /** Closes the connections. Idempotent. */
    @Override
    public void close() {
        writes.alone(() -> {
            closed = true;
            connector.close();
        });
    }
}
