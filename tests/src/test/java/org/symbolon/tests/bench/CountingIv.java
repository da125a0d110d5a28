package org.symbolon.tests.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** IVs of which none comes twice in a process: the number of the thread's sequence, then a counter. */
final class CountingIv {
    private static final int IV_BYTES = 12;
    private static final AtomicInteger SEQUENCES = new AtomicInteger();

    private final int sequence = SEQUENCES.incrementAndGet();
    private long count;

    byte[] next() {
        count++;
        return ByteBuffer.allocate(IV_BYTES).putInt(sequence).putLong(count).array();
    }
}
