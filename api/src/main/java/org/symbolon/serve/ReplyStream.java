package org.symbolon.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** Where the replies to a client go, one whole after the other. Thread-safe. */
public final class ReplyStream {
    private static final int WRITTEN_AT_ONCE = 16 * 1024; // a thread keeps a native buffer of this size

    private final OutputStream output;
    private final ReentrantLock lock = new ReentrantLock(); // held while writing: replies must not mix
    private volatile long since;
    private volatile boolean writing;

    /**
     * Makes the stream of a client.
     *
     * @param output what it gets
     */
    public ReplyStream(OutputStream output) {
        this.output = output;
    }

    /**
     * Writes bytes, and wipes them. Blocks until the client has taken them or is cut off.
     *
     * @param reply the bytes
     * @throws IOException if the connection ends
     */
    public void write(byte[] reply) throws IOException {
        lock.lock();
        try {
            since = System.nanoTime();
            writing = true;
            for (int from = 0; from < reply.length; from += WRITTEN_AT_ONCE) {
                output.write(reply, from, Math.min(WRITTEN_AT_ONCE, reply.length - from));
            }
            output.flush();
        } finally {
            writing = false;
            lock.unlock();
            Arrays.fill(reply, (byte) 0);
        }
    }

    /** Returns whether the client lets a reply wait for longer than this. */
    boolean isLate(long now, Duration limit) {
        return writing && now - since > limit.toNanos();
    }
}
