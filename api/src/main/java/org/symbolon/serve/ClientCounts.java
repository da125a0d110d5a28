package org.symbolon.serve;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How many clients came, and how many were refused and why. Never grows. Thread-safe, without locks. */
final class ClientCounts {
    private final Map<CutOff, LongAdder> cutOff = new EnumMap<>(CutOff.class);
    private final LongAdder connections = new LongAdder();

    ClientCounts() {
        for (CutOff reason : CutOff.values()) {
            cutOff.put(reason, new LongAdder());
        }
    }

    void cutOff(CutOff reason) {
        Objects.requireNonNull(cutOff.get(reason)).increment();
    }

    void connected() {
        connections.increment();
    }

    /** Appends what was counted. */
    void writeTo(PrometheusText text, String prefix) {
        text.family(prefix + "connections_total", "counter", "Clients that were let in.");
        text.sample(prefix + "connections_total", connections.sum());
        text.family(prefix + "cut_off_total", "counter", "Clients that were refused or cut off, by the reason.");
        cutOff.forEach((reason, count) -> text.sample(prefix + "cut_off_total", count.sum(), "reason", reason.label()));
    }
}
