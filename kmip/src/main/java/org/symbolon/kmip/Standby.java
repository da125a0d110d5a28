package org.symbolon.kmip;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Node node;
    private final Nodes nodes;
    private final Exchange exchange;
    private final AtomicBoolean kept = new AtomicBoolean();
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
        if (!ready && !node.isDown()) { // who is down is looked at already
            ask(now);
        }
        nodes.schedule(node, Duration.ofNanos(period), this::keep);
    }

    private void ask(long since) {
        try {
            exchange.negotiate(node, AttemptTime.beside(Deadline.after(Nodes.LOOK)));
        } catch (TokenException e) { // it is there; whoever calls it is told why it refuses
            LOG.debug("{} refuses what keeps it ready", node, e);
        } catch (LostException e) {
            if (!node.hasAnsweredSince(since)) {
                nodes.goDown(node, String.valueOf(e.getMessage()));
            }
        }
    }
}
