package org.symbolon.soft.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.symbolon.Deadline;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;

/** An SQLite database: one connection that writes and a few that read, or one for both where it is in memory. */
final class SqliteConnector implements Connector {
    /** How often the database is asked whether another process wrote. */
    private static final Duration POLL = Duration.ofMillis(50);

    /** SQLite's own wait for a lock; the waiting for longer is done outside, where interruption is answered. */
    private static final int BUSY_TIMEOUT_MILLIS = 50;

    /** What one value may have at most; rows of objects that are longer than they may be are left out before that. */
    private static final int MAX_VALUE_BYTES = 1024 * 1024 * 1024;

    /** Enough for the pages that a thousand new objects touch: what does not fit is written twice. */
    private static final int WRITER_CACHE_KIB = 16 * 1024;

    /** Little, since the system keeps the file's pages too, and copying one costs a microsecond. */
    private static final int READER_CACHE_KIB = 2 * 1024;

    private static final int READERS = 4;
    private static final int MAX_GROUP = 64;

    private final Optional<Path> path;
    private final SqliteDialect dialect;
    private final Sql writer;
    private final Semaphore readerPermits = new Semaphore(READERS, true);
    private final Deque<Sql> idleReaders = new ArrayDeque<>();
    private boolean closed;

    private SqliteConnector(Optional<Path> path, Deadline deadline) throws TokenException {
        this.path = path;
        this.dialect = new SqliteDialect(name());
        this.writer = connectPatiently(WRITER_CACHE_KIB, deadline);
    }

    static SqliteConnector ofFile(Path path, Deadline deadline) throws TokenException {
        create(path);
        return new SqliteConnector(Optional.of(path), deadline);
    }

    static SqliteConnector ofMemory(Deadline deadline) throws TokenException {
        return new SqliteConnector(Optional.empty(), deadline);
    }

    /** Creates the file if there is none, so that nobody but its owner ever reads it. */
    private static void create(Path path) throws TokenException {
        if (Files.exists(path)) {
            return;
        }
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(path, ownerOnly);
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (IOException e) {
            throw new TokenUnavailableException(
                    Status.ckr("CKR_DEVICE_ERROR"), "the database " + path + " cannot be created", e);
        }
    }

    @Override
    public String name() {
        return path.map(Path::toString).orElse("in memory");
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public void migrate(Deadline deadline) throws TokenException {
        while (true) {
            deadline.check("the database " + name());
            try {
                SqliteSchema.shipped().migrate(writer, name());
                return;
            } catch (SqlFailure e) {
                if (!SqliteErrors.isBusy(e.failure())) {
                    throw dialect.translate(e.failure());
                }
            }
        }
    }

    @Override
    public Sql reader(Deadline deadline) throws TokenException {
        try {
            if (!readerPermits.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.missed("other readers of the database " + name());
            }
        } catch (InterruptedException e) {
            throw deadline.interrupted("other readers of the database " + name(), e);
        }
        boolean lent = false;
        try {
            Sql reader = takeReader(deadline);
            lent = true;
            return reader;
        } finally {
            if (!lent) {
                readerPermits.release();
            }
        }
    }

    private Sql takeReader(Deadline deadline) throws TokenException {
        synchronized (idleReaders) {
            Sql idle = idleReaders.poll();
            if (idle != null) {
                return idle;
            }
        }
        return connectPatiently(READER_CACHE_KIB, deadline);
    }

    @Override
    public Sql writer(Deadline deadline) {
        return writer;
    }

    @Override
    public void guard(Sql sql, List<Caller> callers) {
        // SQLite waits for nothing that lasts: a lock is waited for outside, and what it does on the disk is not broken
        // off.
    }

    @Override
    public void guardCommit(Sql sql, List<Caller> callers) {
        // As for guard.
    }

    @Override
    public void giveBack(Sql sql) {
        if (sql == writer) {
            return;
        }
        readerPermits.release();
        synchronized (idleReaders) {
            if (!closed) {
                idleReaders.push(sql);
                return;
            }
        }
        sql.close();
    }

    @Override
    public int maxGroup() {
        return isPrivate() ? 1 : MAX_GROUP;
    }

    @Override
    public boolean isPrivate() {
        return path.isEmpty();
    }

    @Override
    public ChangeFeed openFeed(WriteQueue writes) {
        return new SqliteFeed(POLL, this, writes);
    }

    @Override
    public Duration changeDelay() {
        return isPrivate() ? Duration.ZERO : POLL.multipliedBy(2);
    }

    /** Returns a number that is another when anybody but this connection has written. */
    long dataVersion() {
        return writer.query("PRAGMA data_version", row -> row.getLong(1)).get(0);
    }

    @Override
    public void close() {
        synchronized (idleReaders) {
            if (closed) {
                return;
            }
            closed = true;
            idleReaders.forEach(Sql::close);
            idleReaders.clear();
        }
        writer.close();
    }

    /** Makes a connection; another process that recovers or closes the database may make it wait. */
    private Sql connectPatiently(int cacheKib, Deadline deadline) throws TokenException {
        while (true) {
            deadline.check("the database " + name());
            try {
                return new Sql(connect(cacheKib), dialect);
            } catch (SQLException e) {
                if (!SqliteErrors.isBusy(e)) {
                    throw dialect.translate(e);
                }
            }
        }
    }

    private Connection connect(int cacheKib) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, Integer.toString(MAX_VALUE_BYTES));
        config.enforceForeignKeys(true);
        config.setSynchronous(SynchronousMode.FULL);
        config.setCacheSize(-cacheKib);
        config.setGetGeneratedKeys(false);
        if (!isPrivate()) {
            config.setJournalMode(JournalMode.WAL);
        }
        Connection connection = config.createConnection(
                "jdbc:sqlite:" + path.map(Path::toString).orElse(":memory:"));
        boolean ready = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA secure_delete = ON");
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA temp_store = MEMORY");
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }
}
