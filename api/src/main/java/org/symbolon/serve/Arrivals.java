package org.symbolon.serve;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who have connected to a listener and are not clients yet: they have said nothing so far, or have yet to prove who they are. They are
 * {@value #MAX} at most, for {@link #PATIENCE} each, and wait without a thread for their first byte. Thread-safe.
 */
public final class Arrivals implements AutoCloseable {
    /** How many there may be. */
    public static final int MAX = 256;

    /** How long each may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    private final Waiting waiting;
    private final RefusalLog refusals;
    private final Map<SocketChannel, Arrival> pending = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /** Somebody who has connected. */
    private record Arrival(String name, long since) {}

    Arrivals(Waiting waiting, RefusalLog refusals) {
        this.waiting = waiting;
        this.refusals = refusals;
    }

    /** {@return how many there are} */
    public int count() {
        return count.get();
    }

    /**
     * Takes in somebody who has connected, or closes the connection if there are too many.
     *
     * @param channel the connection
     * @param name who it is, for the log
     * @param spoken what to do on the waiting thread as soon as the first byte is there: something short
     * @throws IOException if the connection ends
     */
    public void enter(SocketChannel channel, String name, Runnable spoken) throws IOException {
        if (count.incrementAndGet() > MAX) {
            count.decrementAndGet();
            refusals.add(CutOff.PENDING, name, MAX + " others have yet to say who they are");
            channel.close();
            return;
        }
        pending.put(channel, new Arrival(name, System.nanoTime()));
        waiting.add(channel, spoken);
    }

    /**
     * Lets somebody go who has become a client.
     *
     * @param channel the connection
     * @return false if it was cut off before
     */
    public boolean leave(SocketChannel channel) {
        boolean was = pending.remove(channel) != null;
        if (was) {
            count.decrementAndGet();
        }
        return was;
    }

    /**
     * Cuts somebody off, who is not a client yet.
     *
     * @param channel the connection
     * @param reason the kind of reason
     * @param why what was wrong
     */
    public void refuse(SocketChannel channel, CutOff reason, String why) {
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

    /** Cuts off who takes too long, also in the middle of a handshake. */
    void cutOffLate(long now) {
        pending.forEach((channel, arrival) -> {
            if (now - arrival.since() > PATIENCE.toNanos()) {
                refuse(channel, CutOff.LATE, "it takes too long to say who it is");
            }
        });
    }

    /** Cuts everybody off. */
    @Override
    public void close() {
        pending.keySet().forEach(channel -> refuse(channel, CutOff.ENDING, "the server ends"));
    }
}
