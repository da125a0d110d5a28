package org.symbolon.remote.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.remote.transport.CallWatch;
import org.symbolon.remote.transport.Endpoint;

/**
 * Connects to whichever endpoint is up, the preferred one first. One that failed is left alone for a moment, so that a server
 * that is down costs its callers little; a call that loses its server waits a little for it to come back. Thread-safe.
 */
final class Connector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
    private static final long REST_NANOS = 200_000_000;
    private static final long RETRY_NANOS = 50_000_000;
    private static final long MAX_SHARE_NANOS = 3_000_000_000L;

    private final ClientSettings settings;
    private final CallWatch watch = new CallWatch();
    private final List<Health> endpoints;

    Connector(ClientSettings settings) {
        this.settings = settings;
        List<Health> all = new ArrayList<>();
        settings.endpoints().forEach(endpoint -> all.add(new Health(endpoint)));
        this.endpoints = List.copyOf(all);
    }

    /** An endpoint, since when it is down and when it is worth another try. */
    private static final class Health {
        private final Endpoint endpoint;
        private final AtomicLong restsUntil = new AtomicLong();
        private volatile boolean down;
        private volatile long downSince;

        Health(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        /** Lets one caller at a time try an endpoint that is down. */
        boolean isWorthATry(long now) {
            if (!down) {
                return true;
            }
            long until = restsUntil.get();
            return now - until >= 0 && restsUntil.compareAndSet(until, now + REST_NANOS);
        }

        void failed(long now) {
            restsUntil.set(now + REST_NANOS);
            if (!down) {
                downSince = now;
                down = true;
            }
        }

        void worked() {
            down = false;
        }
    }

    /** Connects, and for a while goes on trying where a server has only just gone away. */
    RpcConnection connect(Deadline deadline) throws TokenException {
        while (true) {
            try {
                return connectOnce(deadline);
            } catch (ConnectionLostException e) {
                if (wasGivenUp()) {
                    throw unavailable(e);
                }
                deadline.check(endpoints.get(0).endpoint.toString());
                LockSupport.parkNanos(this, Math.min(RETRY_NANOS, deadline.remainingNanos()));
            }
        }
    }

    private boolean wasGivenUp() {
        long now = System.nanoTime();
        return endpoints.stream()
                .allMatch(health -> health.down
                        && now - health.downSince > settings.reconnect().toNanos());
    }

    private RpcConnection connectOnce(Deadline deadline) throws TokenException, ConnectionLostException {
        ConnectionLostException last = null;
        for (Health health : endpoints) {
            if (!health.isWorthATry(System.nanoTime())) {
                continue;
            }
            try {
                RpcConnection connection =
                        RpcConnection.open(health.endpoint, settings.mechanisms(), watch, share(health, deadline));
                health.worked();
                return connection;
            } catch (ConnectionLostException e) {
                LOG.debug("{} cannot be reached: {}", health.endpoint, e.getMessage());
                health.failed(System.nanoTime());
                last = e;
            } catch (TokenUnavailableException e) {
                health.failed(System.nanoTime());
                if (deadline.isPassed() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LOG.debug("{} does not answer: {}", health.endpoint, e.getMessage());
                last = new ConnectionLostException(health.endpoint.toString(), "", new IOException(e.getMessage(), e));
            }
        }
        throw last != null
                ? last
                : new ConnectionLostException(
                        endpoints.get(0).endpoint.toString(), "", new IOException("it was down a moment ago"));
    }

    /** Returns until when an endpoint may be waited for: where there is another, one that hangs does not cost all the time. */
    private Deadline share(Health health, Deadline deadline) throws TokenUnavailableException {
        deadline.check(health.endpoint.toString());
        boolean alone = health.equals(endpoints.get(endpoints.size() - 1));
        long half = Math.max(1, deadline.remainingNanos() / 2);
        return alone ? deadline : Deadline.after(Duration.ofNanos(Math.min(half, MAX_SHARE_NANOS)));
    }

    private TokenException unavailable(ConnectionLostException e) {
        String where = endpoints.size() == 1
                ? endpoints.get(0).endpoint.toString()
                : "all of "
                        + endpoints.stream()
                                .map(health -> health.endpoint.toString())
                                .toList();
        return new TokenUnavailableException(
                Status.ckr("CKR_DEVICE_REMOVED"), where + " cannot be reached: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        watch.close();
    }
}
