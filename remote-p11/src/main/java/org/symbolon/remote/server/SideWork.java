package org.symbolon.remote.server;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations of one client that other threads do, beside the one that reads its requests; the replies may overtake each
 * other. Operations that take no longer than handing them on are not handed on.
 *
 * <p>Used by the thread that reads.
 */
final class SideWork {
    /** How many operations of a client other threads do at a time. */
    static final int MAX = 16;

    private static final Logger LOG = LoggerFactory.getLogger(SideWork.class);
    private static final long WORTH_NANOS = 50_000;
    private static final int MEMORY = 4;

    private final Executor threads;
    private final Semaphore places = new Semaphore(MAX);
    private long usualNanos;

    SideWork(Executor threads) {
        this.threads = threads;
    }

    /** Hands an operation on, if that pays and a thread is free. */
    boolean handOn(Runnable operation) {
        if (usualNanos < WORTH_NANOS || !places.tryAcquire()) {
            return false;
        }
        boolean taken = false;
        try {
            threads.execute(() -> {
                try {
                    operation.run();
                } finally {
                    places.release();
                }
            });
            taken = true;
        } catch (RejectedExecutionException e) {
            LOG.trace("no thread is free: {}", e.getMessage());
        } finally {
            if (!taken) {
                places.release();
            }
        }
        return taken;
    }

    /** Notes how long an operation took. */
    void took(long nanos) {
        usualNanos += (nanos - usualNanos) / MEMORY;
    }

    /** Waits until nothing runs: what comes next may change what operations rest on. */
    void await() {
        if (places.availablePermits() < MAX) {
            places.acquireUninterruptibly(MAX);
            places.release(MAX);
        }
    }
}
