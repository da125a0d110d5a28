package org.symbolon.soft.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to what other processes announce, and compares the epochs of all tokens with those that are known: when
 * something was announced, each second, and after a connection was made anew. While the server does not answer, anything
 * may have changed.
 */
final class PostgresqlFeed implements ChangeFeed {
    /** How often the epochs are asked for, and how long for an answer is waited. */
    static final Duration POLL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(PostgresqlFeed.class);
    private static final String EPOCHS = "SELECT slot, epoch FROM token";

    private final PostgresqlDataSource source;
    private final PostgresqlAnnouncements announcements;
    private @Nullable Connection connection;
    private Set<Long> slots = Set.of();
    private long nextPollNanos = System.nanoTime();

    PostgresqlFeed(PostgresqlDataSource source, PostgresqlAnnouncements announcements) {
        this.source = source;
        this.announcements = announcements;
    }

    @Override
    public Changed await() {
        try {
            if (connection == null) {
                LockSupport.parkNanos(nextPollNanos - System.nanoTime());
                nextPollNanos = System.nanoTime() + POLL.toNanos();
                connection = listen();
                poll(connection);
                return Changed.EVERYTHING;
            }
            if (isAnnounced(connection) || System.nanoTime() - nextPollNanos >= 0) {
                nextPollNanos = System.nanoTime() + POLL.toNanos();
                return poll(connection);
            }
            return Changed.NOTHING;
        } catch (SQLException e) {
            LOG.debug("the feed of changes is interrupted: {}", e.getMessage());
            close();
            return Changed.EVERYTHING;
        }
    }

    private Connection listen() throws SQLException {
        Connection made = source.connect();
        boolean listening = false;
        try (Statement statement = made.createStatement()) {
            made.setNetworkTimeout(Runnable::run, Math.toIntExact(POLL.toMillis()));
            statement.execute("LISTEN " + announcements.channel());
            listening = true;
            return made;
        } finally {
            if (!listening) {
                made.close();
            }
        }
    }

    /** Waits until another process announces something, or the time for the next poll has come. */
    private boolean isAnnounced(Connection listening) throws SQLException {
        long millis = TimeUnit.NANOSECONDS.toMillis(nextPollNanos - System.nanoTime());
        PGNotification[] heard =
                listening.unwrap(PGConnection.class).getNotifications(Math.toIntExact(Math.max(1, millis)));
        if (heard != null) {
            for (PGNotification notification : heard) {
                if (!announcements.isOwn(notification.getParameter())) {
                    return true;
                }
            }
        }
        return false;
    }

    private Changed poll(Connection listening) throws SQLException {
        Set<Long> changed = new HashSet<>();
        Set<Long> found = new HashSet<>();
        try (Statement statement = listening.createStatement();
                ResultSet rows = statement.executeQuery(EPOCHS)) {
            while (rows.next()) {
                found.add(rows.getLong("slot"));
                if (announcements.isNews(rows.getLong("slot"), rows.getLong("epoch"))) {
                    changed.add(rows.getLong("slot"));
                }
            }
        }
        slots.stream().filter(slot -> !found.contains(slot)).forEach(changed::add);
        slots = found;
        return new Changed(false, changed);
    }

    @Override
    public void close() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException e) {
                LOG.debug("closing the feed of changes: {}", e.getMessage());
            }
        }
    }
}
