package org.symbolon.kmip.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often each source may be wrong: {@value #TRIES} times, and once more every {@link #PAUSE}. It is the source that is made to wait and
 * not the user, so that nobody locks others out. Thread-safe.
 */
final class Guesses {
    static final int TRIES = 5;
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final int MAX_SOURCES = 10_000;

    private final Clock clock;

    /** When each source will be as if it had never been wrong. */
    private final Map<String, Instant> forgiven = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MAX_SOURCES;
        }
    };

    Guesses(Clock clock) {
        this.clock = clock;
    }

    /** Refuses a source that has been wrong too often. */
    synchronized void requirePatience(String source) throws KmipAuthenticationException {
        Instant now = clock.instant();
        @Nullable Instant end = forgiven.get(source);
        if (end != null && end.isAfter(now.plus(PAUSE.multipliedBy(TRIES - 1)))) {
            throw new KmipAuthenticationException("too many credentials of this source were wrong; it may try again in "
                    + PAUSE.toSeconds() + " seconds");
        }
    }

    /** Notes that a source was wrong. */
    synchronized void wrong(String source) {
        Instant now = clock.instant();
        @Nullable Instant end = forgiven.get(source);
        forgiven.put(source, (end == null || end.isBefore(now) ? now : end).plus(PAUSE));
    }
}
