package org.symbolon.remote.server;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who have connected and are not clients yet: they have said nothing so far, or have yet to prove who they are. They are
 * {@value #MAX} at most, for {@link #PATIENCE} each, and have no thread: one thread waits for the first byte of all of them.
 *
 * <p>Thread-safe. {@link #run} is that thread.
 */
final class Arrivals implements Runnable, AutoCloseable {
    static final int MAX = 256;
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);
    private static final long SWEEP_MILLIS = 500;

    private final Selector selector;
    private final RefusalLog refusals;
    private final Map<SocketChannel, Arrival> pending = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Queue<SocketChannel> newcomers = new ConcurrentLinkedQueue<>();

    /** Somebody who has connected, and what happens when the first byte is there. */
    private record Arrival(String name, long since, Runnable spoken) {}

    Arrivals(RefusalLog refusals) throws IOException {
        this.refusals = refusals;
        this.selector = Selector.open();
    }

    /** Returns how many there are. */
    int count() {
        return count.get();
    }

    /**
     * Takes in somebody who has connected, or closes the connection if there are too many.
     *
     * @param spoken what to do on the waiting thread as soon as the first byte is there: something short
     */
    void enter(SocketChannel channel, String name, Runnable spoken) throws IOException {
        if (count.incrementAndGet() > MAX) {
            count.decrementAndGet();
            refusals.add(CutOff.PENDING, name, MAX + " others have yet to say who they are");
            channel.close();
            return;
        }
        pending.put(channel, new Arrival(name, System.nanoTime(), spoken));
        newcomers.add(channel);
        selector.wakeup();
    }

    /** Lets somebody go who has become a client; returns false if it was cut off before. */
    boolean leave(SocketChannel channel) {
        boolean was = pending.remove(channel) != null;
        if (was) {
            count.decrementAndGet();
        }
        return was;
    }

    /** Cuts somebody off, who is not a client yet. */
    void refuse(SocketChannel channel, CutOff reason, String why) {
        Arrival arrival = pending.get(channel);
        if (arrival == null || !leave(channel)) {
            return;
        }
        refusals.add(reason, arrival.name(), why);
        closeQuietly(channel);
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("a connection that was refused ended badly: {}", e.getMessage());
        }
    }

    /** Waits for first bytes until this is closed. */
    @Override
    public void run() {
        while (selector.isOpen()) {
            try {
                selector.select(SWEEP_MILLIS);
                seatNewcomers();
                listenToWhoSpeaks();
            } catch (ClosedSelectorException e) {
                LOG.debug("no longer waiting for clients to speak", e);
            } catch (IOException e) {
                LOG.warn("waiting for clients to speak failed, it goes on: {}", e.getMessage());
            }
            cutOffLate(System.nanoTime());
        }
    }

    private void seatNewcomers() throws IOException {
        for (SocketChannel next = newcomers.poll(); next != null; next = newcomers.poll()) {
            if (selector.isOpen() && next.isOpen()) {
                next.configureBlocking(false);
                next.register(selector, SelectionKey.OP_READ);
            }
        }
    }

    private void listenToWhoSpeaks() throws IOException {
        if (!selector.isOpen()) {
            return;
        }
        selector.selectNow();
        for (Iterator<SelectionKey> each = selector.selectedKeys().iterator(); each.hasNext(); ) {
            SelectionKey key = each.next();
            each.remove();
            key.cancel();
            handOn((SocketChannel) key.channel());
        }
    }

    private void handOn(SocketChannel channel) throws IOException {
        Arrival arrival = pending.get(channel);
        if (arrival != null && channel.isOpen()) {
            channel.configureBlocking(true);
            arrival.spoken().run();
        }
    }

    /** Cuts off who takes too long, also in the middle of a handshake. */
    void cutOffLate(long now) {
        pending.forEach((channel, arrival) -> {
            if (now - arrival.since() > PATIENCE.toNanos()) {
                refuse(channel, CutOff.LATE, "it takes too long to say who it is");
            }
        });
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.warn("waiting for clients to speak did not end well: {}", e.getMessage());
        }
        pending.keySet().forEach(channel -> refuse(channel, CutOff.ENDING, "the server ends"));
    }
}
