package org.symbolon.ssh.certificate;

import java.time.Instant;
import java.time.ZoneId;

/**
 * When an OpenSSH certificate is valid: {@code after <= now < before}, in seconds since 1970, unsigned.
 *
 * @param after the first second at which it is valid
 * @param before the first second at which it is valid no more; {@link #FOREVER}: never
 */
public record CertificateValidity(long after, long before) {
    /** The end of what does not end: 2^64 - 1. */
    public static final long FOREVER = -1;

    /** Checks that the end is after the beginning. */
    public CertificateValidity {
        if (Long.compareUnsigned(after, before) >= 0) {
            throw new IllegalArgumentException("A certificate's validity must end after it begins");
        }
    }

    /**
     * A span of time.
     *
     * @param from the beginning, not before 1970; rounded down to a second
     * @param until the end; rounded down to a second
     * @return the span
     */
    public static CertificateValidity between(Instant from, Instant until) {
        if (from.getEpochSecond() < 0) {
            throw new IllegalArgumentException("A certificate's validity cannot begin before 1970");
        }
        return new CertificateValidity(from.getEpochSecond(), until.getEpochSecond());
    }

    /**
     * All of time.
     *
     * @return from 1970, without an end
     */
    public static CertificateValidity always() {
        return new CertificateValidity(0, FOREVER);
    }

    /**
     * Reads a span as {@code ssh-keygen -V} takes it.
     *
     * @param text such as {@code +8h}, {@code -5m:+52w}, {@code 20260101:20270101Z}, {@code always:forever}
     * @param now from when relative times count
     * @param zone the zone of dates without {@code Z}
     * @return the span
     * @throws IllegalArgumentException if it is none, or ends before it begins
     */
    public static CertificateValidity parse(String text, Instant now, ZoneId zone) {
        return ValidityText.parse(text, now, zone);
    }

    /**
     * Whether it has begun and not ended.
     *
     * @param now a time
     * @return true within the span
     */
    public boolean contains(Instant now) {
        return begun(now) && !ended(now);
    }

    boolean begun(Instant now) {
        return now.getEpochSecond() >= 0 && Long.compareUnsigned(after, now.getEpochSecond()) <= 0;
    }

    boolean ended(Instant now) {
        return before != FOREVER
                && now.getEpochSecond() >= 0
                && Long.compareUnsigned(now.getEpochSecond(), before) >= 0;
    }

    /**
     * The beginning.
     *
     * @return a time, {@link Instant#MAX} where a Java time does not reach so far
     */
    public Instant from() {
        return instant(after);
    }

    /**
     * The end.
     *
     * @return a time, {@link Instant#MAX} for ever
     */
    public Instant until() {
        return instant(before);
    }

    /** Both ends, as ISO 8601 writes times. */
    @Override
    public String toString() {
        return (after == 0 ? "always" : from()) + " to " + (before == FOREVER ? "forever" : until());
    }

    private static Instant instant(long seconds) {
        return seconds < 0 || seconds > Instant.MAX.getEpochSecond() ? Instant.MAX : Instant.ofEpochSecond(seconds);
    }
}
