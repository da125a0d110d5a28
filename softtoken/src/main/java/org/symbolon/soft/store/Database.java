package org.symbolon.soft.store;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;

/**
 * An open database: one connection that writes and a few that read, or one for both where it is in memory.
 *
 * <p>Every call is one transaction, waits until its deadline and answers interruption. Thread-safe.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int READERS = 4;

    private final SqliteConnector connector;
    private final Sql writer;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final Semaphore readerPermits = new Semaphore(READERS, true);
    private final Deque<Sql> idleReaders = new ArrayDeque<>();
    private volatile boolean closed;
    private long dataVersion;

    private Database(SqliteConnector connector, Sql writer) {
        this.connector = connector;
        this.writer = writer;
        this.dataVersion = readDataVersion();
    }

    /**
     * Opens a database and brings its schema up to date.
     *
     * @param location a file, or memory
     * @param deadline until when other processes may make it wait
     * @return the database
     * @throws TokenException if it cannot be opened, is none of ours, or was written by a newer version
     */
    public static Database open(DatabaseLocation location, Deadline deadline) throws TokenException {
        SqliteConnector connector = new SqliteConnector(location);
        Sql writer = connect(connector, deadline);
        boolean open = false;
        try {
            migrate(writer, connector.name(), deadline);
            Database database = new Database(connector, writer);
            open = true;
            return database;
        } finally {
            if (!open) {
                writer.close();
            }
        }
    }

    /** Makes a connection; another process that recovers or closes the database may make it wait. */
    private static Sql connect(SqliteConnector connector, Deadline deadline) throws TokenException {
        while (true) {
            deadline.check("the database " + connector.name());
            try {
                return new Sql(connector.connect());
            } catch (SQLException e) {
                if (!SqlErrors.isBusy(e)) {
                    throw SqlErrors.translate(connector.name(), e);
                }
            }
        }
    }

    private static void migrate(Sql writer, String name, Deadline deadline) throws TokenException {
        while (true) {
            deadline.check("the database " + name);
            try {
                Schema.migrate(writer, name);
                return;
            } catch (SqlFailure e) {
                if (!SqlErrors.isBusy(e.failure())) {
                    throw SqlErrors.translate(name, e.failure());
                }
            }
        }
    }

    /**
     * What is done within a transaction. May run more than once.
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
        if (connector.isMemory()) {
            return write(deadline, work);
        }
        acquireReader(deadline);
        Sql reader = null;
        try {
            reader = takeReader(deadline);
            return transaction(reader, "BEGIN", deadline, work);
        } finally {
            if (reader != null) {
                giveBack(reader);
            }
            readerPermits.release();
        }
    }

    /**
     * Writes in one transaction, which is durable when this returns.
     *
     * @param deadline until when it may wait
     * @param work what is done
     * @param <T> the class of the result
     * @return the result
     * @throws TokenException if {@code work} fails or the database does not answer; then nothing was written
     */
    public <T> T write(Deadline deadline, Work<T> work) throws TokenException {
        acquireWriter(deadline);
        try {
            requireOpen();
            return transaction(writer, "BEGIN IMMEDIATE", deadline, work);
        } finally {
            writing.unlock();
        }
    }

    private <T> T transaction(Sql sql, String begin, Deadline deadline, Work<T> work) throws TokenException {
        while (true) {
            deadline.check("the database " + connector.name());
            try {
                return attempt(sql, begin, work);
            } catch (SqlFailure e) {
                if (!SqlErrors.isBusy(e.failure())) {
                    throw SqlErrors.translate(connector.name(), e.failure());
                }
            }
        }
    }

    private <T> T attempt(Sql sql, String begin, Work<T> work) throws TokenException {
        boolean committed = false;
        sql.begin(begin);
        try {
            Schema.require(sql, connector.name());
            T result = work.run(sql);
            sql.execute("COMMIT");
            committed = true;
            return result;
        } finally {
            if (!committed) {
                rollback(sql);
            }
        }
    }

    private static void rollback(Sql sql) {
        try {
            sql.execute("ROLLBACK");
        } catch (SqlFailure e) {
            // SQLite has rolled back by itself after a full disk or an I/O error; the first failure is the one to tell.
            LOG.debug("rollback: {}", e.getMessage());
        }
    }

    private void acquireWriter(Deadline deadline) throws TokenException {
        try {
            if (!writing.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.missed("other writers of the database " + connector.name());
            }
        } catch (InterruptedException e) {
            throw deadline.interrupted("other writers of the database " + connector.name(), e);
        }
    }

    private void acquireReader(Deadline deadline) throws TokenException {
        try {
            if (!readerPermits.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.missed("other readers of the database " + connector.name());
            }
        } catch (InterruptedException e) {
            throw deadline.interrupted("other readers of the database " + connector.name(), e);
        }
    }

    private Sql takeReader(Deadline deadline) throws TokenException {
        synchronized (idleReaders) {
            requireOpen();
            Sql idle = idleReaders.poll();
            if (idle != null) {
                return idle;
            }
        }
        return connect(connector, deadline);
    }

    private void giveBack(Sql reader) {
        synchronized (idleReaders) {
            if (!closed) {
                idleReaders.push(reader);
                return;
            }
        }
        reader.close();
    }

    private void requireOpen() throws TokenException {
        if (closed) {
            throw new TokenUnavailableException(
                    Status.ckr("CKR_CRYPTOKI_NOT_INITIALIZED"), "the database " + connector.name() + " was closed");
        }
    }

    /**
     * Returns whether another process, or anything else than this object, has written since the last call. Does not
     * wait: while a write of this object runs, the answer is left to the next call.
     *
     * @return true if so, or if it cannot be told
     */
    public boolean changedElsewhere() {
        if (connector.isMemory() || !writing.tryLock()) {
            return false;
        }
        try {
            if (closed) {
                return false;
            }
            long now = readDataVersion();
            boolean changed = now != dataVersion;
            dataVersion = now;
            return changed;
        } catch (SqlFailure e) {
            LOG.debug("whether the database {} changed cannot be told: {}", connector.name(), e.getMessage());
            return true;
        } finally {
            writing.unlock();
        }
    }

    private long readDataVersion() {
        return writer.query("PRAGMA data_version", row -> row.getLong(1)).get(0);
    }

    /** {@return whether this is in memory, where no other process writes} */
    public boolean isMemory() {
        return connector.isMemory();
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
        writing.lock();
        try {
            if (closed) {
                return;
            }
            synchronized (idleReaders) {
                closed = true;
                idleReaders.forEach(Sql::close);
                idleReaders.clear();
            }
            writer.close();
        } finally {
            writing.unlock();
        }
    }
}
