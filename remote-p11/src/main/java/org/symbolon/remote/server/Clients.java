package org.symbolon.remote.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clients of a server: lets them in up to a number, serves each on a thread of its own, cuts off who is late. Thread-safe. */
final class Clients {
    static final int DEFAULT_MAX = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);
    private static final long SWEEP_MILLIS = 500;
    private static final long DRAIN_STEP_MILLIS = 10;

    private final SlotTable slots;
    private final ClientLimits limits;
    private final int max;
    private final Duration drain;
    private final ThreadFactory threads = ClientThreads.factory();
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    Clients(SlotTable slots, ClientLimits limits, int max, Duration drain) {
        this.slots = slots;
        this.limits = limits;
        this.max = max;
        this.drain = drain;
        start(this::sweepUntilEnd, "symbolon-late-clients");
    }

    int count() {
        return count.get();
    }

    /** Listens on a thread of its own. */
    void listen(Listener listener) {
        listeners.add(listener);
        start(() -> listenUntilClosed(listener), "symbolon-listener");
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void listenUntilClosed(Listener listener) {
        LOG.debug("listening on {}", listener.address());
        listener.listen(this::admit);
    }

    /** Serves a client on a thread of its own, or closes it if there are too many. */
    private void admit(ClientStream stream) {
        if (count.incrementAndGet() > max || closed.get()) {
            count.decrementAndGet();
            LOG.warn("refused {}: {} clients are connected", stream.name(), max);
            stream.close();
            return;
        }
        boolean started = false;
        try {
            threads.newThread(() -> {
                        try {
                            converse(stream);
                        } finally {
                            count.decrementAndGet();
                        }
                    })
                    .start();
            started = true;
        } finally {
            if (!started) {
                count.decrementAndGet();
                stream.close();
            }
        }
    }

    /** Serves a client on this thread. */
    void serve(ClientStream stream) {
        count.incrementAndGet();
        try {
            converse(stream);
        } finally {
            count.decrementAndGet();
        }
    }

    private void converse(ClientStream stream) {
        ClientConnection connection = new ClientConnection(stream, slots, limits);
        connections.add(connection);
        try {
            if (closed.get()) {
                connection.close();
            }
            connection.serve();
        } finally {
            connections.remove(connection);
        }
    }

    private void sweepUntilEnd() {
        try {
            while (!ended.await(SWEEP_MILLIS, TimeUnit.MILLISECONDS)) {
                cutOffLate();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cutOffLate() {
        long now = System.nanoTime();
        listeners.forEach(listener -> listener.cutOffLate(now));
        for (ClientConnection connection : connections) {
            if (connection.isLate(now)) {
                LOG.warn("{} is cut off: it takes too long to say what it wants", connection.name());
                connection.close();
            }
        }
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Closes listeners, waits for calls that run, and closes the connections. */
    void close(List<Listener> open) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (Listener listener : open) {
            try {
                listener.close();
            } catch (IOException e) {
                LOG.warn("{} did not close: {}", listener.address(), e.getMessage());
            }
        }
        awaitIdle();
        connections.forEach(ClientConnection::close);
        ended.countDown();
    }

    /** Closes connections as they become idle, for as long as draining may take. */
    private void awaitIdle() {
        long deadline = System.nanoTime() + drain.toNanos();
        try {
            while (!connections.isEmpty() && System.nanoTime() < deadline) {
                connections.stream().filter(ClientConnection::isIdle).forEach(ClientConnection::close);
                TimeUnit.MILLISECONDS.sleep(DRAIN_STEP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
