package org.symbolon.ssh.agent;

import java.time.Duration;
import java.util.Optional;

/**
 * When something goes.
 *
 * @param from when it came, by {@link System#nanoTime}
 * @param lifetime how long it stays; for ever if empty
 */
record Expiry(long from, Optional<Duration> lifetime) {
    static Expiry after(Optional<Duration> lifetime) {
        return new Expiry(System.nanoTime(), lifetime);
    }

    boolean isOver(long now) {
        return lifetime.isPresent() && now - from >= lifetime.get().toNanos();
    }
}
