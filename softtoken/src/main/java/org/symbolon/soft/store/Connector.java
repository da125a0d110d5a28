package org.symbolon.soft.store;

import java.time.Duration;
import java.util.List;
import org.symbolon.Deadline;
import org.symbolon.TokenException;

/** Reaches a database of one kind: makes its connections and lends them. Thread-safe. */
interface Connector extends AutoCloseable {
    /**
     * Who waits for a connection's answers.
     *
     * @param thread the thread, whose interruption ends the wait
     * @param deadline until when it waits
     */
    record Caller(Thread thread, Deadline deadline) {
        static Caller current(Deadline deadline) {
            return new Caller(Thread.currentThread(), deadline);
        }

        /** Returns whether it wants to wait no longer. */
        boolean isOver() {
            return deadline.isPassed() || thread.isInterrupted();
        }
    }

    /** Returns the database in words, for messages. */
    String name();

    Dialect dialect();

    /** Brings the schema up to date. */
    void migrate(Deadline deadline) throws TokenException;

    /** Lends a connection for reading, to be given back. */
    Sql reader(Deadline deadline) throws TokenException;

    /** Lends the connection for writing, to be given back; one at a time is asked for. */
    Sql writer(Deadline deadline) throws TokenException;

    /** Ends what the connection blocks in when one of these wants to wait no longer. Until it is given back. */
    void guard(Sql sql, List<Caller> callers);

    /** Ends what the connection blocks in when all of these want to wait no longer. Until it is given back. */
    void guardCommit(Sql sql, List<Caller> callers);

    /** Takes a connection back. */
    void giveBack(Sql sql);

    /** Returns how many writers share a transaction at most. */
    int maxGroup();

    /** Returns whether there is one connection for all, and no other process. */
    boolean isPrivate();

    /** Opens a feed of what others changed. */
    ChangeFeed openFeed(WriteQueue writes);

    /** Returns how long a change by another process goes unnoticed at most. */
    Duration changeDelay();

    /** Closes the connections. Idempotent. */
    @Override
    void close();
}
