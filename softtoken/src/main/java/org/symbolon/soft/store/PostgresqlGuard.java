package org.symbolon.soft.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the socket of a connection that somebody blocks in whose time is over or whose thread was interrupted: the
 * driver answers neither by itself. The server notices within a second and ends what it was asked.
 */
final class PostgresqlGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresqlGuard.class);
    private static final long LOOK_MILLIS = 25;

    private final ScheduledThreadPoolExecutor clock;

    PostgresqlGuard() {
        clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "symbolon-postgresql-guard");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Begins to look after a connection, until those for whose sake it works are gone. */
    Watch watch(Sql sql, Connection connection, BooleanSupplier isOver) {
        Watch watch = new Watch(sql, connection, isOver);
        watch.begin(clock.scheduleWithFixedDelay(watch, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS));
        return watch;
    }

    /** A connection that is looked after. */
    static final class Watch implements Runnable {
        private final Sql sql;
        private final Connection connection;
        private final BooleanSupplier isOver;
        private @Nullable ScheduledFuture<?> schedule;
        private boolean ended;

        private Watch(Sql sql, Connection connection, BooleanSupplier isOver) {
            this.sql = sql;
            this.connection = connection;
            this.isOver = isOver;
        }

        private synchronized void begin(ScheduledFuture<?> future) {
            schedule = future;
        }

        @Override
        public synchronized void run() {
            if (!ended && isOver.getAsBoolean()) {
                end();
                sql.breakOff();
                try {
                    connection.abort(Runnable::run);
                } catch (SQLException e) {
                    LOG.debug("breaking off: {}", e.getMessage());
                }
            }
        }

        /** Ends it: when this returns, the connection is left alone. */
        synchronized void end() {
            ended = true;
            if (schedule != null) {
                schedule.cancel(false);
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
