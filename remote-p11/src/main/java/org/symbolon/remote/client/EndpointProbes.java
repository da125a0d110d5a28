package org.symbolon.remote.client;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.TokenException;
import org.symbolon.transport.CallWatch;

/**
 * Looks, beside the calls, whether servers answer: one that was silent for a while is given up if another answers at that
 * time, and one that was down is used again. Asks only while calls are made, and where there is more than one server.
 * Thread-safe; nobody waits for it.
 */
final class EndpointProbes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointProbes.class);

    /** A server is not given up before it has taken so many times longer than another: where all are slow, none is silent. */
    private static final int TIMES_SLOWER = 8;

    /** How long one that was down may take to answer; it may have to be started. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final ClientSettings settings;
    private final List<EndpointHealth> endpoints;
    private final CallWatch watch;
    private final Duration half;
    private final ThreadFactory threads;
    private volatile boolean closed;

    EndpointProbes(ClientSettings settings, List<EndpointHealth> endpoints, CallWatch watch) {
        this(settings, endpoints, watch, task -> {
            Thread thread = new Thread(task, "symbolon-p11-probe");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Makes one that looks on threads of a kind.
     *
     * @param threads makes them
     */
    EndpointProbes(ClientSettings settings, List<EndpointHealth> endpoints, CallWatch watch, ThreadFactory threads) {
        this.threads = threads;
        this.settings = settings;
        this.endpoints = endpoints;
        this.watch = watch;
        this.half = settings.failover().dividedBy(2);
        if (endpoints.size() > 1) {
            endpoints.forEach(health -> health.setPatience(began -> isOver(health, began)));
        }
    }

    /** Half of the patience is for the call, half for the question whether the server is there. */
    private boolean isOver(EndpointHealth health, long began) {
        long now = System.nanoTime();
        if (now - began < half.toNanos()) {
            return false;
        }
        if (!health.isGivenUp() && !health.hasAnsweredSince(now - half.toNanos())) {
            aside(health, () -> doubt(health, now));
        }
        return health.isGivenUp();
    }

    private void doubt(EndpointHealth silent, long now) {
        long start = System.nanoTime();
        if (!anotherAnswers(silent)) {
            return;
        }
        Duration slow = Duration.ofNanos(System.nanoTime() - start).multipliedBy(TIMES_SLOWER);
        if (!answers(silent, slow.compareTo(half) > 0 ? slow : half) && !silent.hasAnsweredSince(now)) {
            LOG.warn("{} answers nothing: calls go elsewhere", silent);
            silent.giveUp();
        }
    }

    private boolean anotherAnswers(EndpointHealth silent) {
        return endpoints.stream()
                .filter(other -> !other.equals(silent))
                .sorted(Comparator.comparing(EndpointHealth::isGivenUp))
                .anyMatch(other -> answers(other, LOOK));
    }

    /** Has a server that is down looked at. */
    void lookAgain(EndpointHealth down) {
        aside(down, () -> {
            if (answers(down, LOOK)) {
                LOG.debug("{} is back", down);
            }
        });
    }

    private void aside(EndpointHealth health, Runnable question) {
        if (!closed && health.takeTurn() && health.beginProbe()) {
            try {
                threads.newThread(() -> run(health, question)).start();
            } catch (OutOfMemoryError e) { // whoever asks may be the thread that watches all deadlines
                health.endProbe();
                LOG.warn("{} is not looked at, there is no thread for it: {}", health, e.getMessage());
            }
        }
    }

    private static void run(EndpointHealth health, Runnable question) {
        try {
            question.run();
        } finally {
            health.endProbe();
        }
    }

    private boolean answers(EndpointHealth health, Duration timeout) {
        try (RpcConnection connection =
                RpcConnection.open(health, settings.mechanisms(), watch, Deadline.after(timeout))) {
            connection.health().worked();
            return true;
        } catch (ConnectionLostException | TokenException e) {
            LOG.debug("{} does not answer: {}", health, e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
