package org.symbolon.soft.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;

/** A PostgreSQL database, shared by many processes: a pool of connections, each of which reads and writes. */
final class PostgresqlConnector implements Connector {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresqlConnector.class);

    /** The pool's own wait for a connection; the waiting for longer is done outside, where interruption is answered. */
    private static final int CONNECTION_TIMEOUT_MILLIS = 250;

    private static final int MAX_GROUP = 64;

    private final PostgresqlServer server;
    private final PostgresqlDataSource source;
    private final PostgresqlAnnouncements announcements;
    private final PostgresqlDialect dialect;
    private final HikariDataSource pool;
    private final Semaphore permits;
    private final PostgresqlGuard guard = new PostgresqlGuard();
    private final Map<Sql, PostgresqlGuard.Watch> watches = new ConcurrentHashMap<>();

    PostgresqlConnector(PostgresqlServer server) {
        this.server = server;
        this.source = new PostgresqlDataSource(server);
        this.announcements = new PostgresqlAnnouncements(server.schema());
        this.dialect = new PostgresqlDialect(name(), announcements);
        this.permits = new Semaphore(server.poolSize(), true);
        this.pool = pool();
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("symbolon-" + server.database() + "-" + server.schema());
        config.setDataSource(source);
        config.setMaximumPoolSize(server.poolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setValidationTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setThreadFactory(work -> {
            Thread thread = new Thread(work, "symbolon-pool-" + server.database());
            thread.setDaemon(true);
            return thread;
        });
        return new HikariDataSource(config);
    }

    @Override
    public String name() {
        return server.toString();
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public void migrate(Deadline deadline) throws TokenException {
        PostgresqlSchema schema = new PostgresqlSchema(SchemaFiles.SHIPPED, server.schema(), name());
        while (true) {
            deadline.check("the database " + name());
            Sql sql = reader(deadline);
            try {
                guard(sql, List.of(Caller.current(deadline)));
                migrate(sql, schema);
                return;
            } catch (SqlFailure e) {
                if (!sql.isBrokenOff() && !dialect.isRetryable(e.failure())) {
                    throw dialect.translate(e.failure());
                }
            } finally {
                giveBack(sql);
            }
        }
    }

    private void migrate(Sql sql, PostgresqlSchema schema) throws TokenException {
        boolean done = false;
        try {
            dialect.beginMigration(sql);
            schema.migrate(sql);
            dialect.commit(sql);
            done = true;
        } finally {
            if (!done) {
                dialect.rollback(sql);
            }
        }
    }

    @Override
    public Sql reader(Deadline deadline) throws TokenException {
        try {
            if (!permits.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.missed("a connection to the database " + name());
            }
        } catch (InterruptedException e) {
            throw deadline.interrupted("a connection to the database " + name(), e);
        }
        boolean lent = false;
        try {
            Sql sql = new Sql(connect(deadline), dialect);
            lent = true;
            return sql;
        } finally {
            if (!lent) {
                permits.release();
            }
        }
    }

    private Connection connect(Deadline deadline) throws TokenException {
        while (true) {
            if (pool.isClosed()) {
                throw new TokenUnavailableException(
                        Status.ckr("CKR_CRYPTOKI_NOT_INITIALIZED"), "the database " + name() + " was closed");
            }
            try {
                return pool.getConnection();
            } catch (SQLException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw deadline.interrupted("a connection to the database " + name(), null);
                }
                if (deadline.isPassed() || !dialect.isRetryable(e)) {
                    throw dialect.translate(e);
                }
            }
        }
    }

    @Override
    public Sql writer(Deadline deadline) throws TokenException {
        return reader(deadline);
    }

    @Override
    public void guard(Sql sql, List<Caller> callers) {
        guard(sql, () -> callers.stream().anyMatch(Caller::isOver));
    }

    @Override
    public void guardCommit(Sql sql, List<Caller> callers) {
        guard(sql, () -> callers.stream().allMatch(Caller::isOver));
    }

    private void guard(Sql sql, BooleanSupplier isOver) {
        try {
            Connection connection = (Connection) sql.connection().unwrap(PGConnection.class);
            end(watches.put(sql, guard.watch(sql, connection, isOver)));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static void end(PostgresqlGuard.@org.jspecify.annotations.Nullable Watch watch) {
        if (watch != null) {
            watch.end();
        }
    }

    @Override
    public void giveBack(Sql sql) {
        end(watches.remove(sql));
        permits.release();
        try {
            sql.close();
        } catch (SqlFailure e) {
            LOG.debug("giving a connection back: {}", e.getMessage());
        }
    }

    @Override
    public int maxGroup() {
        return MAX_GROUP;
    }

    @Override
    public boolean isPrivate() {
        return false;
    }

    @Override
    public ChangeFeed openFeed(WriteQueue writes) {
        return new PostgresqlFeed(source, announcements);
    }

    @Override
    public Duration changeDelay() {
        return PostgresqlFeed.POLL.multipliedBy(2);
    }

    @Override
    public void close() {
        pool.close();
        guard.close();
    }
}
