package org.symbolon.remote.client;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.symbolon.remote.transport.Endpoint;
import org.symbolon.transport.Patience;

/** An endpoint, and what is known of the server there. Thread-safe. */
final class EndpointHealth {
    private static final long REST_NANOS = 200_000_000;

    private static final long WITHOUT_TOKEN_NANOS = 10_000_000_000L;

    private final Endpoint endpoint;
    private final AtomicLong restsUntil = new AtomicLong(System.nanoTime());
    private final AtomicBoolean probed = new AtomicBoolean();
    private volatile Patience patience = Patience.ENDLESS;
    private volatile boolean down;
    private volatile boolean givenUp;
    private volatile long downSince;
    private volatile long withoutTokenUntil = System.nanoTime();
    private volatile long lastSign = System.nanoTime();

    EndpointHealth(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** How long calls that could be made elsewhere wait for the server. */
    Patience patience() {
        return patience;
    }

    /** How long whoever connects waits: one that is down may have to be started first. */
    Patience patienceToConnect() {
        return down ? Patience.ENDLESS : patience;
    }

    void setPatience(Patience newPatience) {
        patience = newPatience;
    }

    /** Whether connecting did not work when it was last tried, or the server was given up. */
    boolean isDown() {
        return down;
    }

    /** Whether the server is down though connections to it are open: it answers nobody. */
    boolean isGivenUp() {
        return givenUp;
    }

    boolean isDownForLongerThan(long nanos) {
        return down && System.nanoTime() - downSince > nanos;
    }

    /** Whether the server has answered anything since a time. */
    boolean hasAnsweredSince(long nanoTime) {
        return lastSign - nanoTime > 0;
    }

    /** Lets one caller at a time, and not at any time, try a server that is down or in doubt. */
    boolean takeTurn() {
        long now = System.nanoTime();
        long until = restsUntil.get();
        return now - until >= 0 && restsUntil.compareAndSet(until, now + REST_NANOS);
    }

    /** Lets one question at a time be asked beside the calls. */
    boolean beginProbe() {
        return probed.compareAndSet(false, true);
    }

    void endProbe() {
        probed.set(false);
    }

    /** Notes that the server could not be reached. */
    void failed() {
        long now = System.nanoTime();
        restsUntil.set(now + REST_NANOS);
        if (!down) {
            downSince = now;
            down = true;
        }
    }

    /** Notes that the server could be reached, but does not have the token: it is left alone for longer. */
    void missesToken() {
        withoutTokenUntil = System.nanoTime() + WITHOUT_TOKEN_NANOS;
        failed();
    }

    /** Whether the server did not have the token a moment ago, so that others are to be asked first. */
    boolean wasWithoutToken() {
        return System.nanoTime() - withoutTokenUntil < 0;
    }

    /** Notes that the server answers nobody. */
    void giveUp() {
        failed();
        givenUp = true;
    }

    /** Notes that the server could be reached. */
    void worked() {
        down = false;
        givenUp = false;
        answered();
    }

    /** Notes an answer. */
    void answered() {
        lastSign = System.nanoTime();
    }

    @Override
    public String toString() {
        return endpoint.toString();
    }
}
