package org.symbolon.serve;

import java.time.Duration;

/**
 * How long a client may take.
 *
 * @param message for a request to arrive once it has begun, and for a reply to be taken; more than zero
 * @param silence between requests; more than zero
 */
public record ClientTimes(Duration message, Duration silence) {
    /** Thirty seconds for a message, and silence for as long as the client likes. */
    public static final ClientTimes DEFAULT = new ClientTimes(Duration.ofSeconds(30), Duration.ofNanos(Long.MAX_VALUE));

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException if one is not more than zero
     */
    public ClientTimes {
        if (message.isZero() || message.isNegative()) {
            throw new IllegalArgumentException("the time for a request is more than zero, not " + message);
        }
        if (silence.isZero() || silence.isNegative()) {
            throw new IllegalArgumentException("the idle time is more than zero, not " + silence);
        }
    }

    /**
     * Returns others.
     *
     * @param time for a request to arrive and a reply to be taken
     * @return times with this one
     */
    public ClientTimes withMessage(Duration time) {
        return new ClientTimes(time, silence);
    }

    /**
     * Returns others.
     *
     * @param time for silence between requests
     * @return times with this one
     */
    public ClientTimes withSilence(Duration time) {
        return new ClientTimes(message, time);
    }
}
