package org.symbolon.kmip.server;

import java.time.Duration;

/**
 * What an operator decides of a server's behaviour.
 *
 * @param keepDestroyed how long the attributes of destroyed objects are kept
 * @param leaseTime how long clients may keep what they got before they ask again
 * @param interop whether the server takes part in interoperability tests, which name their cases to it
 */
record Semantics(Duration keepDestroyed, Duration leaseTime, boolean interop) {
    static final Semantics DEFAULT = new Semantics(Duration.ofDays(30), Duration.ofHours(1), false);

    Semantics withInterop() {
        return new Semantics(keepDestroyed, leaseTime, true);
    }
}
