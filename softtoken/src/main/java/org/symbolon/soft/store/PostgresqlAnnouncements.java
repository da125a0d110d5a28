package org.symbolon.soft.store;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process tells the others of its changes, and which epochs of tokens it knows. An announcement is but a hint
 * to look at the epochs, which decide.
 */
final class PostgresqlAnnouncements {
    /** Answered by a number, since the driver sends what has an answer of unknown length in a flight of its own. */
    private static final String NOTIFY = "SELECT length(CAST(pg_notify(?, ?) AS text))";

    private final String channel;
    private final String origin = UUID.randomUUID().toString();
    private final Map<Long, Long> epochs = new ConcurrentHashMap<>();

    PostgresqlAnnouncements(String schema) {
        this.channel = "symbolon_" + schema;
    }

    String channel() {
        return channel;
    }

    /** Announces that a transaction changed something; others hear it when it is committed. */
    void send(Sql sql) {
        if (!sql.changes().isEmpty()) {
            sql.update(NOTIFY, channel, origin);
        }
    }

    /** Remembers what a transaction changed, when it was committed and nobody else's change came between. */
    void sent(Sql sql) {
        sql.changes()
                .forEach((slot, change) -> epochs.computeIfPresent(
                        slot, (same, known) -> known == change.first() - 1 ? change.last() : known));
    }

    /** Returns whether an epoch is another than the last that was known of a slot, and remembers it. */
    boolean isNews(long slot, long epoch) {
        Long known = epochs.put(slot, epoch);
        return known == null || known != epoch;
    }

    /** Returns whether an announcement is one of this process. */
    boolean isOwn(String payload) {
        return payload.equals(origin);
    }
}
