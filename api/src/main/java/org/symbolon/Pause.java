package org.symbolon;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time that something which failed is left alone: it doubles with each failure in a row, up to a bound, and is a little
 * different each time, so that those who wait for the same server do not come at the same moment. Thread-safe.
 */
final class Pause {
    private static final double SPREAD = 0.2;

    private final long firstNanos;
    private final long longestNanos;
    private final LongSupplier nanoTime;
    private @Nullable TokenException failure;
    private long nextNanos;
    private long endsAt;

    /**
     * Makes one.
     *
     * @param firstMillis how long it is after the first failure
     * @param longestMillis how long it is at most
     * @param nanoTime the clock
     */
    Pause(long firstMillis, long longestMillis, LongSupplier nanoTime) {
        this.firstNanos = TimeUnit.MILLISECONDS.toNanos(firstMillis);
        this.longestNanos = TimeUnit.MILLISECONDS.toNanos(longestMillis);
        this.nanoTime = nanoTime;
        this.nextNanos = firstNanos;
    }

    /** Notes a failure, and begins the pause after it. */
    synchronized void failed(TokenException how) {
        double factor = 1 + SPREAD * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        failure = how;
        endsAt = nanoTime.getAsLong() + (long) (nextNanos * factor);
        nextNanos = Math.min(longestNanos, nextNanos * 2);
    }

    /** Notes a success. */
    synchronized void worked() {
        failure = null;
        nextNanos = firstNanos;
    }

    /** Returns how long it still is; 0 when there is none. */
    synchronized long remainingNanos() {
        return failure == null ? 0 : Math.max(0, endsAt - nanoTime.getAsLong());
    }

    /** Returns the failure that the pause of now is for. */
    synchronized Optional<TokenException> failure() {
        return remainingNanos() == 0 ? Optional.empty() : Optional.ofNullable(failure);
    }

    /**
     * Waits until it is over.
     *
     * @throws TokenUnavailableException if the deadline passes before, or the thread is interrupted
     */
    void await(Deadline deadline, String waitingFor) throws TokenUnavailableException {
        try {
            for (long rest = remainingNanos(); rest > 0; rest = remainingNanos()) {
                if (deadline.isPassed()) {
                    throw deadline.missed(waitingFor);
                }
                TimeUnit.NANOSECONDS.sleep(Math.min(rest, deadline.remainingNanos()));
            }
        } catch (InterruptedException e) {
            throw deadline.interrupted(waitingFor, e);
        }
    }
}
