package org.symbolon;

import java.time.Duration;

/** The moment until which a call may block. Immutable and thread-safe. */
public final class Deadline {
    private final long nanoTime;
    private final Duration budget;

    private Deadline(long nanoTime, Duration budget) {
        this.nanoTime = nanoTime;
        this.budget = budget;
    }

    /**
     * Returns the deadline that lies a time ahead of now.
     *
     * @param budget more than zero
     * @return the deadline
     */
    public static Deadline after(Duration budget) {
        if (budget.isZero() || budget.isNegative()) {
            throw new IllegalArgumentException("a timeout is more than zero, not " + budget);
        }
        long nanos = budget.compareTo(Duration.ofDays(365)) > 0
                ? Duration.ofDays(365).toNanos()
                : budget.toNanos();
        return new Deadline(System.nanoTime() + nanos, budget);
    }

    /** {@return the time that is left, zero when it has passed} */
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    /** {@return the nanoseconds that are left, 0 when it has passed} */
    public long remainingNanos() {
        return Math.max(0, nanoTime - System.nanoTime());
    }

    /** {@return whether it has passed} */
    public boolean isPassed() {
        return remainingNanos() == 0;
    }

    /**
     * Refuses to go on when the deadline has passed or the thread was interrupted.
     *
     * @param waitingFor what the call is waiting for, in words
     * @throws TokenUnavailableException if so; an interrupted thread stays marked as interrupted
     */
    public void check(String waitingFor) throws TokenUnavailableException {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(waitingFor, null);
        }
        if (isPassed()) {
            throw missed(waitingFor);
        }
    }

    /**
     * Returns the exception for a deadline that has passed.
     *
     * @param waitingFor what the call was waiting for, in words
     * @return the exception
     */
    public TokenUnavailableException missed(String waitingFor) {
        return new TokenUnavailableException(
                Status.ckr("CKR_FUNCTION_CANCELED"), "no answer within " + budget + " while waiting for " + waitingFor);
    }

    /**
     * Returns the exception for an interrupted wait, and marks the thread as interrupted again.
     *
     * @param waitingFor what the call was waiting for, in words
     * @param cause the interruption, if it came as an exception
     * @return the exception
     */
    public TokenUnavailableException interrupted(
            String waitingFor, @org.jspecify.annotations.Nullable InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new TokenUnavailableException(
                Status.ckr("CKR_FUNCTION_CANCELED"), "interrupted while waiting for " + waitingFor, cause);
    }

    @Override
    public String toString() {
        return remaining() + " left of " + budget;
    }
}
