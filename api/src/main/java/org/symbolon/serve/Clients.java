package org.symbolon.serve;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients of a server: lets them in up to a number, serves each on a thread of its own - or without one while it is silent -
 * and cuts off who is late. Thread-safe.
 */
public final class Clients {
    /** How many clients there may be unless it is said otherwise. */
    public static final int DEFAULT_MAX = 1024;

    private static final int MOST = 1 << 16;

    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);
    private static final long SWEEP_MILLIS = 500;
    private static final long DRAIN_STEP_MILLIS = 10;
    private static final Duration SILENCE = Duration.ofMillis(50); // who has just been answered may have sent more
    private static final Duration SILENCE_AWAITED = Duration.ofSeconds(1);

    private final Protocol protocol;
    private final String prefix;
    private final ClientCounts counts = new ClientCounts();
    private final int max;
    private final Duration drain;
    private final RefusalLog refusals = new RefusalLog(counts);
    private final List<Arrivals> arrivals = new CopyOnWriteArrayList<>();
    private final Waiting waiting;
    private final ClientThreads threads = new ClientThreads();
    private final Set<ServedClient> connections = ConcurrentHashMap.newKeySet();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * Begins without any.
     *
     * @param protocol what they speak
     * @param prefix what the names of the metrics begin with
     * @param max how many there may be, 1 to 65536
     * @param drain how long closing waits for requests that run, zero or more
     * @throws IOException if the system gives no selector
     */
    public Clients(Protocol protocol, String prefix, int max, Duration drain) throws IOException {
        this.protocol = protocol;
        this.prefix = prefix;
        this.max = max;
        this.drain = drain;
        this.waiting = new Waiting(this::cutOffLateArrivals);
        start(waiting, "symbolon-waiting");
        start(this::sweepUntilEnd, "symbolon-late-clients");
    }

    /**
     * Checks how many clients there may be.
     *
     * @param clients 1 to 65536
     * @return the same
     * @throws IllegalArgumentException if it is another number
     */
    public static int requireMax(int clients) {
        if (clients < 1 || clients > MOST) {
            throw new IllegalArgumentException("clients are 1 to " + MOST + ", not " + clients);
        }
        return clients;
    }

    /**
     * Checks how long closing waits.
     *
     * @param time zero or more
     * @return the same
     * @throws IllegalArgumentException if it is less
     */
    public static Duration requireDrain(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("the time to drain is zero or more, not " + time);
        }
        return time;
    }

    /** {@return how many there are} */
    public int count() {
        return count.get();
    }

    /** {@return whether no more clients are let in, since the server ends} */
    public boolean isClosed() {
        return closed.get();
    }

    /**
     * Listens on a thread of its own.
     *
     * @param listener where
     */
    public void listen(Listener listener) {
        listen(listener, protocol);
    }

    /**
     * Listens on a thread of its own for clients that speak something else than the others.
     *
     * @param listener where
     * @param spoken what those speak who come in there
     */
    public void listen(Listener listener, Protocol spoken) {
        Arrivals own = new Arrivals(waiting, refusals); // each its own: who floods one port keeps nobody from another
        arrivals.add(own);
        listeners.add(listener);
        start(() -> listenUntilClosed(listener, new Door(spoken), own), "symbolon-listener");
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void listenUntilClosed(Listener listener, Entrance door, Arrivals own) {
        LOG.debug("listening on {}", listener.address());
        listener.listen(door, own);
    }

    /** Where those come in who speak one protocol. */
    private final class Door implements Entrance {
        private final Protocol spoken;

        private Door(Protocol spoken) {
            this.spoken = spoken;
        }

        @Override
        public boolean isFull(String name) {
            return refusesForWantOfRoom(count.get() >= max, name);
        }

        @Override
        public void refused(CutOff reason, String name, String why) {
            refusals.add(reason, name, why);
        }

        @Override
        public void admit(ClientStream client) {
            Clients.this.admit(client, spoken);
        }
    }

    // ---- letting clients in

    private boolean refusesForWantOfRoom(boolean full, String name) {
        if (closed.get()) {
            refusals.add(CutOff.ENDING, name, "the server ends");
        } else if (full) {
            refusals.add(CutOff.FULL, name, max + " clients are connected");
        }
        return full || closed.get();
    }

    private void admit(ClientStream stream, Protocol spoken) {
        boolean full = count.incrementAndGet() > max;
        if (refusesForWantOfRoom(full, stream.name())) {
            count.decrementAndGet();
            stream.close();
            return;
        }
        // a selector can wait for sockets; where threads are virtual they wait as cheaply
        boolean mayWait = stream.connection() instanceof SocketChannel && !threads.areVirtual();
        runOnThread(join(stream, spoken, mayWait));
    }

    /**
     * Serves a client on this thread.
     *
     * @param stream what it says and hears
     */
    public void serve(ClientStream stream) {
        count.incrementAndGet();
        goOn(join(stream, protocol, false));
    }

    private ServedClient join(ClientStream stream, Protocol spoken, boolean mayWait) {
        counts.connected();
        ServedClient connection = spoken.meet(stream, refusals, mayWait);
        connections.add(connection);
        if (closed.get()) {
            connection.close();
        }
        return connection;
    }

    private void runOnThread(ServedClient connection) {
        try {
            threads.execute(() -> goOn(connection));
        } catch (OutOfMemoryError e) { // the system gives no more threads; the clients that have one are served on
            refusals.add(CutOff.FULL, connection.name(), String.valueOf(e.getMessage()));
            connection.close();
            goOn(connection);
        }
    }

    /** Serves a client until it leaves or waits without a thread. */
    private void goOn(ServedClient connection) {
        boolean waits = false;
        try {
            waits = connection.serve();
        } finally {
            if (!waits) {
                connections.remove(connection);
                count.decrementAndGet();
            }
        }
        if (waits) {
            letWait(connection);
        }
    }

    private void letWait(ServedClient connection) {
        connection.waits();
        waiting.add((SocketChannel) connection.channel(), () -> {
            connection.speaks();
            wake(connection);
        });
        if (connection.isClosed()) { // before it waited, so nobody else has woken it
            wake(connection);
        }
    }

    private void wake(ServedClient connection) {
        if (connection.wakes()) {
            runOnThread(connection);
        }
    }

    private void cutOff(ServedClient connection) {
        connection.close();
        wake(connection);
    }

    // ---- cutting clients off

    private void sweepUntilEnd() {
        try {
            while (!ended.await(SWEEP_MILLIS, TimeUnit.MILLISECONDS)) {
                long now = System.nanoTime();
                cutOffLate(now);
                listeners.forEach(listener -> listener.tick(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cutOffLate(long now) {
        for (ServedClient connection : connections) {
            if (connection.isLate(now)) {
                refusals.add(CutOff.LATE, connection.name(), "it takes too long to say what it wants");
                cutOff(connection);
            }
        }
    }

    private void cutOffLateArrivals(long now) {
        arrivals.forEach(each -> each.cutOffLate(now));
    }

    /**
     * Appends what there is to say of the clients.
     *
     * @param text what it is appended to
     */
    public void writeTo(PrometheusText text) {
        text.family(prefix + "clients", "gauge", "Clients that are connected.");
        text.sample(prefix + "clients", count());
        text.family(prefix + "clients_max", "gauge", "Clients that may be connected at a time.");
        text.sample(prefix + "clients_max", max);
        text.family(prefix + "arrivals", "gauge", "Connections of those who have yet to say who they are.");
        text.sample(
                prefix + "arrivals", arrivals.stream().mapToInt(Arrivals::count).sum());
        counts.writeTo(text, prefix);
        listeners.forEach(listener -> listener.writeTo(text));
    }

    // ---- the end

    /**
     * Waits for the end.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /**
     * Closes listeners, waits for calls that run, and closes the connections. Idempotent, throws nothing.
     *
     * @param open the listeners
     */
    public void close(List<Listener> open) {
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
        arrivals.forEach(Arrivals::close);
        awaitIdle();
        connections.forEach(this::cutOff);
        threads.close();
        waiting.close();
        ended.countDown();
    }

    /** Closes connections as they become idle, for as long as draining may take: after a second those too that never pause. */
    private void awaitIdle() {
        long begun = System.nanoTime();
        long patience = Math.min(SILENCE_AWAITED.toNanos(), drain.toNanos() / 2);
        try {
            for (long now = begun; !connections.isEmpty() && now - begun < drain.toNanos(); now = System.nanoTime()) {
                Duration silence = now - begun < patience ? SILENCE : Duration.ZERO;
                connections.stream()
                        .filter(connection -> connection.closeIfIdle(silence))
                        .forEach(this::wake);
                TimeUnit.MILLISECONDS.sleep(DRAIN_STEP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
