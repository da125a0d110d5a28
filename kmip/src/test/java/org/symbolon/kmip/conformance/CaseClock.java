package org.symbolon.kmip.conformance;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes on when it is told to. */
final class CaseClock extends Clock {
    private volatile Instant now;

    CaseClock(Instant start) {
        now = start;
    }

    synchronized void tick() {
        now = now.plusSeconds(1);
    }

    @Override
    public Instant instant() {
        return now;
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
