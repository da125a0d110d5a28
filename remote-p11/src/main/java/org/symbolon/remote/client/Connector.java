package org.symbolon.remote.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.transport.CallWatch;

/**
 * Connects to whichever endpoint is up, the preferred one first. One that failed is left alone for a moment, so that a server
 * that is down costs its callers little; a call that loses its server waits a little for it to come back. Thread-safe.
 */
final class Connector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
    private static final long RETRY_NANOS = 50_000_000;
    private static final long MAX_SHARE_NANOS = 3_000_000_000L;

    private final ClientSettings settings;
    private final CallWatch watch = new CallWatch();
    private final List<EndpointHealth> endpoints;
    private final EndpointProbes probes;

    Connector(ClientSettings settings) {
        this.settings = settings;
        this.endpoints = settings.endpoints().stream().map(EndpointHealth::new).toList();
        this.probes = new EndpointProbes(settings, endpoints, watch);
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
                deadline.check(endpoints.get(0).toString());
                LockSupport.parkNanos(this, Math.min(RETRY_NANOS, deadline.remainingNanos()));
            }
        }
    }

    private boolean wasGivenUp() {
        long nanos = settings.reconnect().toNanos();
        return endpoints.stream().allMatch(health -> health.isDownForLongerThan(nanos));
    }

    private RpcConnection connectOnce(Deadline deadline) throws TokenException, ConnectionLostException {
        ConnectionLostException last = null;
        List<EndpointHealth> upFirst = endpoints.stream()
                .sorted(Comparator.comparing((EndpointHealth health) -> health.isDown() || health.wasWithoutToken())
                        .thenComparing(EndpointHealth::isGivenUp))
                .toList();
        for (int i = 0; i < upFirst.size(); i++) {
            EndpointHealth health = upFirst.get(i);
            if (health.isDown() && !health.takeTurn()) {
                continue;
            }
            try {
                boolean alone = i == upFirst.size() - 1;
                RpcConnection connection = RpcConnection.open(
                        health, settings.mechanisms(), watch, alone ? deadline : share(health, deadline));
                health.worked();
                return connection;
            } catch (ConnectionLostException e) {
                LOG.debug("{} cannot be reached: {}", health, e.getMessage());
                health.failed();
                last = e;
            } catch (TokenUnavailableException e) {
                health.failed();
                if (deadline.isPassed() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LOG.debug("{} does not answer: {}", health, e.getMessage());
                last = new ConnectionLostException(health.toString(), "", new IOException(e.getMessage(), e));
            }
        }
        throw last != null
                ? last
                : new ConnectionLostException(
                        endpoints.get(0).toString(), "", new IOException("it was down a moment ago"));
    }

    /** Returns until when an endpoint may be waited for: where there is another, one that hangs does not cost all the time. */
    private static Deadline share(EndpointHealth health, Deadline deadline) throws TokenUnavailableException {
        deadline.check(health.toString());
        long half = Math.max(1, deadline.remainingNanos() / 2);
        return Deadline.after(Duration.ofNanos(Math.min(half, MAX_SHARE_NANOS)));
    }

    private TokenException unavailable(ConnectionLostException e) {
        String where = endpoints.size() == 1 ? endpoints.get(0).toString() : "all of " + endpoints;
        return new TokenUnavailableException(
                Status.ckr("CKR_DEVICE_REMOVED"), where + " cannot be reached: " + e.getMessage(), e);
    }

    /** Whether a server that is preferred to one is up; has one that is down looked at. */
    boolean hasBetterThan(EndpointHealth used) {
        for (EndpointHealth preferred : endpoints) {
            if (preferred.equals(used)) {
                return false;
            } else if (preferred.wasWithoutToken()) {
                continue; // to answer is not enough: each attempt costs a login where the token is
            } else if (!preferred.isDown()) {
                return true;
            }
            probes.lookAgain(preferred);
        }
        return false;
    }

    /** Whether another server than one is up. */
    boolean hasOtherThan(EndpointHealth used) {
        return endpoints.stream().anyMatch(other -> !other.equals(used) && !other.isDown());
    }

    /** How many servers there are. */
    int servers() {
        return endpoints.size();
    }

    /** How many of them are down. */
    int serversDown() {
        return (int) endpoints.stream().filter(EndpointHealth::isDown).count();
    }

    Duration refresh() {
        return settings.refresh();
    }

    @Override
    public void close() {
        probes.close();
        watch.close();
    }
}
