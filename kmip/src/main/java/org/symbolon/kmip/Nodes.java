package org.symbolon.kmip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of the list: calls go to the first that is not down; one that is down is asked in the background, ever more seldom,
 * until it is back. Thread-safe.
 */
final class Nodes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
    private static final Duration FIRST_LOOK = Duration.ofMillis(100);
    private static final Duration SELDOM = Duration.ofSeconds(1);

    /** How long a node may take to answer when it is looked at: it may have just been started. */
    static final Duration LOOK = Duration.ofSeconds(2);

    private static final long THREAD_KEPT_SECONDS = 5;

    /** To look whether it is back, whether it is silent, and to keep it ready. */
    private static final int TASKS_OF_A_NODE = 3;

    private static final int MOST_HEDGES = 8;

    private final List<Node> nodes;
    private final long half;
    private final Probe probe;
    private final ScheduledThreadPoolExecutor looking;
    private final ThreadPoolExecutor hedging;

    /** Asks a node whether it is there. */
    interface Probe {
        /** {@return whether it answers} */
        boolean answers(Node node, Duration within);
    }

    /**
     * Makes the list.
     *
     * @param silence how long a node may answer nothing while others could be asked
     */
    Nodes(List<Node> nodes, Duration silence, Probe probe) {
        this.nodes = List.copyOf(nodes);
        this.half = silence.dividedBy(2).toNanos();
        this.probe = probe;
        this.looking = new ScheduledThreadPoolExecutor(TASKS_OF_A_NODE * nodes.size(), threads("symbolon-kmip-probe"));
        looking.setKeepAliveTime(THREAD_KEPT_SECONDS, TimeUnit.SECONDS);
        looking.allowCoreThreadTimeOut(true);
        this.hedging = new ThreadPoolExecutor(
                0,
                MOST_HEDGES,
                THREAD_KEPT_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                threads("symbolon-kmip-hedge"));
        if (nodes.size() > 1) {
            nodes.forEach(node -> node.setPatience(began -> isOver(node, began)));
        }
    }

    private static ThreadFactory threads(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** {@return a call that is made of another node too once it has taken half of what a silent node may} */
    <R> Hedge<R> hedge(Hedge.Call<R> call) {
        return new Hedge<>(half, hedging, call);
    }

    /** {@return the node that may be asked beside another} */
    Optional<Node> beside(Node asked) {
        return nodes.stream()
                .filter(node -> node != asked && !node.isDown() && !node.isDoubted())
                .findFirst();
    }

    /** A call that takes its time is waited for as long as the node answers anything, be it the question whether it is there. */
    private boolean isOver(Node node, long began) {
        long now = System.nanoTime();
        if (now - began < half) {
            return false;
        }
        if (node.isDown()) {
            return nodes.stream().anyMatch(other -> !other.isDown());
        }
        if (!node.hasAnsweredSince(now - half) && node.beginLook()) {
            schedule(node, Duration.ZERO, () -> doubt(node, now));
        }
        return false;
    }

    private void doubt(Node node, long since) {
        boolean answers;
        try {
            answers = probe.answers(node, Duration.ofNanos(2 * half)); // a handshake may be part of it
        } finally {
            node.endLook();
        }
        if (!answers && !node.hasAnsweredSince(since)) {
            goDown(node, "it answers nothing");
        }
    }

    /** {@return how many there are} */
    int count() {
        return nodes.size();
    }

    /** {@return the node that the next call goes to} */
    Node first() {
        for (Node node : nodes) {
            if (!node.isDown()) {
                return node;
            }
        }
        return nodes.get(0);
    }

    /** {@return the nodes in the order in which they are to be tried: those that are silent after others, those that are down last} */
    List<Node> inOrder() {
        if (nodes.size() == 1) {
            return nodes;
        }
        List<Node> order = new ArrayList<>(nodes.size());
        nodes.stream().filter(node -> !node.isDown() && !node.isDoubted()).forEach(order::add);
        nodes.stream().filter(node -> !node.isDown() && !order.contains(node)).forEach(order::add);
        nodes.stream().filter(node -> !order.contains(node)).forEach(order::add);
        return order;
    }

    /** Notes that a node did not answer. */
    void failed(Node node, LostException why) {
        if (nodes.size() == 1) {
            node.forgetVersion();
            node.connections().forget();
        } else if (why.kind() != LostException.Kind.SILENT) { // who is slow only is not down
            goDown(node, String.valueOf(why.getMessage()));
        }
    }

    void goDown(Node node, String why) {
        if (node.goDown()) {
            LOG.warn("{} is down, calls go to others until it is back: {}", node, why);
            schedule(node, FIRST_LOOK, () -> look(node, FIRST_LOOK));
        }
    }

    void schedule(Node node, Duration pause, Runnable task) {
        try {
            ScheduledFuture<?> unused = looking.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is not looked at, the client was closed", node, e);
        }
    }

    private void look(Node node, Duration pause) {
        boolean isBack = false;
        try {
            isBack = probe.answers(node, LOOK);
        } finally {
            if (!isBack) { // whatever the question failed of, it is asked again
                Duration twice = pause.multipliedBy(2);
                Duration next = twice.compareTo(SELDOM) > 0 ? SELDOM : twice;
                schedule(node, next, () -> look(node, next));
            }
        }
        if (isBack) {
            node.comeUp();
            LOG.warn("{} is back", node);
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
        hedging.shutdownNow();
        nodes.forEach(Node::close);
    }
}
