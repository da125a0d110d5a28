package org.symbolon.kmip;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long a connection to a node may idle: what was set, or less where the server was seen to end connections sooner. Thread-safe. */
final class IdleLimit {
    private static final Logger LOG = LoggerFactory.getLogger(IdleLimit.class);

    /** What ends sooner ends for another reason, such as a restart. */
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int PARTS = 5;
    private static final int PARTS_ALLOWED = 4;

    private final ServerAddress server;
    private final long set;
    private final AtomicLong learned;
    private final AtomicLong suspected = new AtomicLong();
    private final AtomicBoolean told = new AtomicBoolean();

    IdleLimit(ServerAddress server, Duration set) {
        this.server = server;
        this.set = set.toNanos();
        this.learned = new AtomicLong(this.set);
    }

    long nanos() {
        return learned.get();
    }

    /** Notes that a connection had ended after it idled for a time: because it idled, if the next comes about at once. */
    void ended(long idledNanos) {
        suspected.set(idledNanos);
    }

    /** Notes that connecting did not work: the connection had ended with its server. */
    void dismiss() {
        suspected.set(0);
    }

    /** Notes that a connection came about. */
    void confirm() {
        long idledNanos = suspected.getAndSet(0);
        if (idledNanos < LEAST_NANOS) {
            return;
        }
        long allowed = idledNanos / PARTS * PARTS_ALLOWED;
        long now = learned.updateAndGet(before -> Math.min(before, allowed));
        if (now < set && told.compareAndSet(false, true)) {
            LOG.warn(
                    "{} ends connections that idled for {} ms; they are replaced after {} ms from now on, set"
                            + " idleLimit to less than the server's limit",
                    server,
                    TimeUnit.NANOSECONDS.toMillis(idledNanos),
                    TimeUnit.NANOSECONDS.toMillis(now));
        }
    }

    /** Forgets what was learned: the server has been away, and its connections had ended for that. */
    void reset() {
        learned.set(set);
    }
}
