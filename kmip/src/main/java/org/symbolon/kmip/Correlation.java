package org.symbolon.kmip;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.ttlv.KmipVersion;

/**
 * The Client Correlation Values of a node (KMIP 1.4 section 6.17): they stand in its log, and in ours. Some servers refuse messages that
 * have one, which is found out with the first. Thread-safe.
 */
final class Correlation {
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8) + "-";
    private static final AtomicLong NEXT = new AtomicLong();

    private volatile boolean works;
    private volatile boolean isRefused;

    /** {@return the value of the next message, if it is to have one} */
    @Nullable String value(KmipVersion version, Optional<String> given) {
        if (isRefused || !version.isAtLeast(KmipVersion.V1_4)) {
            return null;
        }
        return given.orElseGet(() -> RUN + NEXT.incrementAndGet());
    }

    /** {@return whether a message with this value may have been refused for it} */
    boolean mayHaveBeenRefused(@Nullable String value) {
        return value != null && !works;
    }

    void worked(@Nullable String value) {
        works |= value != null;
    }

    void refused() {
        isRefused = true;
    }
}
