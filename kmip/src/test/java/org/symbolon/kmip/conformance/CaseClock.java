package org.symbolon.kmip.conformance;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes on when it is told to. */
final class CaseClock extends Clock {
    private final AtomicReference<Instant> now;

    CaseClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    void tick() {
        now.updateAndGet(moment -> moment.plusSeconds(1));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("cases are in UTC");
    }
}
