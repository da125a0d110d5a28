package org.symbolon.soft.store;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks SQLite again and again whether anybody else has written. It cannot tell what: any change is one of everything.
 */
final class SqliteFeed implements ChangeFeed {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteFeed.class);

    /** After how many calls in a row that could not look anything may have changed. */
    private static final int MAX_MISSED = 2;

    private final Duration pause;
    private final SqliteConnector connector;
    private final WriteQueue writes;
    private long version = -1;
    private int missed;

    SqliteFeed(Duration pause, SqliteConnector connector, WriteQueue writes) {
        this.pause = pause;
        this.connector = connector;
        this.writes = writes;
        changed();
    }

    @Override
    public Changed await() {
        LockSupport.parkNanos(pause.toNanos());
        return changed() ? Changed.EVERYTHING : Changed.NOTHING;
    }

    /**
     * Returns whether anybody has. While a write of this process runs, the answer is left to the next call, and is that
     * anybody may have when that one cannot look either.
     */
    private boolean changed() {
        long before = version;
        try {
            boolean looked = writes.tryAlone(() -> version = connector.dataVersion());
            missed = looked ? 0 : missed + 1;
        } catch (SqlFailure e) {
            LOG.debug("whether the database {} changed cannot be told: {}", connector.name(), e.getMessage());
            return true;
        }
        if (missed >= MAX_MISSED) {
            missed = 0;
            return true;
        }
        return version != before;
    }

    @Override
    public void close() {
        // The connection is the one that writes.
    }
}
