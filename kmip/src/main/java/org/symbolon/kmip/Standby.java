package org.symbolon.kmip;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.TokenException;

/**
 * Keeps a node ready while calls go to another: connected, its version agreed on, and known to be there. It is asked a light question
 * before its connection has idled for too long, until no calls are made any more. Thread-safe.
 */
final class Standby {
    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);

    /** Also how long a node may be away unnoticed. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Questions are up to two parts from each other. */
    private static final int PARTS_OF_IDLE_LIMIT = 3;

    /** A node that refuses, for wrong credentials perhaps, is asked ever less often: servers lock accounts after some refusals. */
    private static final int MOST_DOUBLINGS = 6;

    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Node node;
    private final Nodes nodes;
    private final Exchange exchange;
    private final AtomicBoolean kept = new AtomicBoolean();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile long lastCall;

    Standby(Node node, Nodes nodes, Exchange exchange) {
        this.node = node;
        this.nodes = nodes;
        this.exchange = exchange;
    }

    /** Notes that a call was answered, by whichever node. */
    void called() {
        lastCall = System.nanoTime();
        if (!kept.get() && kept.compareAndSet(false, true)) {
            nodes.schedule(node, Duration.ZERO, this::keep);
        }
    }

    private void keep() {
        long now = System.nanoTime();
        if (now - lastCall > KEPT_NANOS) {
            kept.set(false);
            return;
        }
        long period = Math.min(MOST_NANOS, node.idleLimit().nanos() / PARTS_OF_IDLE_LIMIT);
        boolean ready =
                node.hasAnsweredSince(now - period) && node.connections().isConnected();
        if (ready) {
            refusals.set(0);
        } else if (!node.isDown()) { // who is down is looked at already
            ask(now);
        }
        nodes.schedule(node, pause(period, refusals.get()), this::keep);
    }

    /** Returns how long to wait after so many refusals one after the other. */
    static Duration pause(long periodNanos, int refusals) {
        return Duration.ofNanos(periodNanos).multipliedBy(1L << Math.min(refusals, MOST_DOUBLINGS));
    }

    private void ask(long since) {
        try {
            exchange.negotiate(node, AttemptTime.beside(Deadline.after(Nodes.LOOK)));
            refusals.set(0);
        } catch (TokenException e) { // it is there; whoever calls it is told why it refuses
            refusals.updateAndGet(count -> Math.min(count + 1, MOST_DOUBLINGS));
            LOG.debug("{} refuses what keeps it ready", node, e);
        } catch (LostException e) {
            if (!node.hasAnsweredSince(since)) {
                nodes.goDown(node, String.valueOf(e.getMessage()));
            }
        }
    }
}
