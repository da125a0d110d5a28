package org.symbolon.tests.remote;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Passes bytes between a unix socket of its own and a server's, and counts them, and how often a client went on after it had
 * been answered: the round trips.
 */
public final class CountingRelay implements Closeable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int REQUESTS = 1;
    private static final int REPLIES = 2;

    private final ServerSocketChannel listener;
    private final Path server;
    private final LongAdder requestBytes = new LongAdder();
    private final LongAdder replyBytes = new LongAdder();
    private final LongAdder roundTrips = new LongAdder();

    /**
     * What was counted.
     *
     * @param requestBytes what clients sent
     * @param replyBytes what they got
     * @param roundTrips how often they sent and then got something
     */
    public record Count(long requestBytes, long replyBytes, long roundTrips) {
        /** Returns what was counted since. */
        public Count minus(Count earlier) {
            return new Count(
                    requestBytes - earlier.requestBytes,
                    replyBytes - earlier.replyBytes,
                    roundTrips - earlier.roundTrips);
        }
    }

    /** Listens on a socket in place of a server's. */
    public CountingRelay(Path socket, Path server) throws IOException {
        this.server = server;
        this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        daemon(this::accept);
    }

    /** Returns what was counted so far. */
    public Count count() {
        return new Count(requestBytes.sum(), replyBytes.sum(), roundTrips.sum());
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "counting-relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (listener.isOpen()) {
                SocketChannel client = listener.accept();
                SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(server));
                AtomicLong last = new AtomicLong();
                daemon(() -> pass(client, peer, REQUESTS, last, requestBytes));
                daemon(() -> pass(peer, client, REPLIES, last, replyBytes));
            }
        } catch (ClosedChannelException e) {
            // the run is over
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pass(SocketChannel from, SocketChannel to, int direction, AtomicLong last, LongAdder bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                bytes.add(buffer.remaining());
                if (last.getAndSet(direction) != direction && direction == REQUESTS) {
                    roundTrips.increment();
                }
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (ClosedChannelException e) {
            // the other direction has ended
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
