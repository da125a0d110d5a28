package org.symbolon.kmip.server;

import java.time.Duration;
import org.symbolon.kmip.ttlv.TtlvLimits;

/**
 * What an operator decides of a server's behaviour.
 *
 * @param keepDestroyed how long the attributes of destroyed objects are kept
 * @param leaseTime how long clients may keep what they got before they ask again; zero is no limit
 * @param mostSeedBytes how much of what a client seeds the token's generator with is taken; negative to refuse it
 * @param uniqueNames whether two objects that are not destroyed may not have the same Name
 * @param interop whether the server takes part in interoperability tests, which name their cases to it
 */
record Semantics(Duration keepDestroyed, Duration leaseTime, int mostSeedBytes, boolean uniqueNames, boolean interop) {
    static final Semantics DEFAULT =
            new Semantics(Duration.ofDays(30), Duration.ofHours(1), TtlvLimits.DEFAULT.maxBytes(), true, false);

    Semantics withLeaseTime(Duration time) {
        return new Semantics(keepDestroyed, time, mostSeedBytes, uniqueNames, interop);
    }

    Semantics withMostSeedBytes(int most) {
        return new Semantics(keepDestroyed, leaseTime, most, uniqueNames, interop);
    }

    Semantics withUniqueNames(boolean unique) {
        return new Semantics(keepDestroyed, leaseTime, mostSeedBytes, unique, interop);
    }

    Semantics withInterop() {
        return new Semantics(keepDestroyed, leaseTime, mostSeedBytes, uniqueNames, true);
    }
}
