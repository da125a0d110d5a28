package org.symbolon.serve;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that have nothing to say for now: one thread, {@link #run}, waits for the next byte of all of them. Nobody reads from
 * a connection or writes to it while it waits here; one that is closed is forgotten. Thread-safe.
 */
final class Waiting implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
    private static final long TICK_MILLIS = 500;

    private final Selector selector;
    private final LongConsumer tick;
    private final Queue<Waiter> newcomers = new ConcurrentLinkedQueue<>();

    /** A connection, and what to do when it has something to say. */
    private record Waiter(SocketChannel channel, Runnable spoken) {}

    /**
     * Makes the place to wait at.
     *
     * @param tick called about twice a second with the time of {@link System#nanoTime}
     */
    Waiting(LongConsumer tick) throws IOException {
        this.tick = tick;
        this.selector = Selector.open();
    }

    /**
     * Lets a connection wait.
     *
     * @param spoken what to do as soon as a byte is there, or the other end has hung up: something short, on the thread that waits
     */
    void add(SocketChannel channel, Runnable spoken) {
        newcomers.add(new Waiter(channel, spoken));
        selector.wakeup();
    }

    /** Waits until this is closed. */
    @Override
    public void run() {
        while (selector.isOpen()) {
            try {
                selector.select(TICK_MILLIS);
                seatNewcomers();
                selector.selectNow();
                listenToWhoSpeaks();
            } catch (ClosedSelectorException e) {
                LOG.debug("no longer waiting for clients to speak: {}", e.toString());
            } catch (IOException e) {
                LOG.warn("waiting for clients to speak failed, it goes on: {}", e.getMessage());
            }
            tick.accept(System.nanoTime());
        }
    }

    private void seatNewcomers() {
        for (Waiter next = newcomers.poll(); next != null; next = newcomers.poll()) {
            try {
                next.channel().configureBlocking(false);
                next.channel().register(selector, SelectionKey.OP_READ, next.spoken());
            } catch (IOException e) {
                LOG.debug("a connection ended before it waited: {}", e.getMessage());
            }
        }
    }

    private void listenToWhoSpeaks() {
        for (Iterator<SelectionKey> each = selector.selectedKeys().iterator(); each.hasNext(); ) {
            SelectionKey key = each.next();
            each.remove();
            key.cancel();
            try {
                key.channel().configureBlocking(true);
                ((Runnable) Objects.requireNonNull(key.attachment())).run();
            } catch (IOException e) {
                LOG.debug("a connection ended while it waited: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.warn("waiting for clients to speak did not end well: {}", e.getMessage());
        }
    }
}
