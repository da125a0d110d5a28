package org.symbolon.tests.kmip;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.MaybeDoneException;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.SymmetricKey;
import org.symbolon.kmip.object.UniqueIdentifier;

/**
 * Threads that read, create and register, and what became of their calls. Each call is followed by a breath, so that the processors which
 * clients, nodes and database share are not what decides how long calls take.
 */
final class NodesLoad implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int READS = 10;
    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final Duration BREATH = Duration.ofMillis(20);
    private static final Bytes MATERIAL = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");

    private final KmipClient client;
    private final UniqueIdentifier shared;
    private final Name sharedName;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong reads = new AtomicLong();
    private final Queue<Long> readNanos = new ConcurrentLinkedQueue<>();
    private final Queue<String> failedReads = new ConcurrentLinkedQueue<>();
    private final Queue<String> slow = new ConcurrentLinkedQueue<>();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final Queue<String> maybe = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    NodesLoad(KmipClient client, UniqueIdentifier shared, Name sharedName) {
        this.client = client;
        this.shared = shared;
        this.sharedName = sharedName;
        for (int i = 0; i < THREADS; i++) {
            String prefix = "made-" + i + "-";
            Thread thread = new Thread(() -> run(prefix), "load-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    private void run(String prefix) {
        for (int number = 0; !ended.get(); number++) {
            for (int i = 0; i < READS && !ended.get(); i++) {
                read(i % 2 == 0);
            }
            make(prefix + number, number % 2 == 0);
        }
    }

    private void read(boolean attributes) {
        LockSupport.parkNanos(BREATH.toNanos());
        long begin = System.nanoTime();
        try {
            if (attributes) {
                client.getAttributes(shared, AttributeType.NAME);
            } else {
                client.locate(Attributes.NONE.with(AttributeType.NAME, sharedName));
            }
            reads.incrementAndGet();
        } catch (TokenException e) {
            failedReads.add(e.toString());
        }
        long nanos = System.nanoTime() - begin;
        readNanos.add(nanos);
        if (nanos > SLOW.toNanos()) {
            slow.add((attributes ? "Get Attributes" : "Locate") + " of " + TimeUnit.NANOSECONDS.toMillis(nanos)
                    + " ms until " + LocalTime.now(ZoneId.systemDefault()));
        }
    }

    private void make(String name, boolean create) {
        Attributes attributes = Attributes.NONE
                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 128)
                .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.ENCRYPT)
                .with(AttributeType.NAME, Name.of(name));
        try {
            if (create) {
                client.create(ObjectType.SYMMETRIC_KEY, attributes);
            } else {
                client.register(
                        new SymmetricKey(KeyBlock.of(KeyFormatType.RAW, MATERIAL, CryptographicAlgorithm.AES, 128)),
                        attributes);
            }
            acknowledged.add(name);
        } catch (TokenException e) {
            (e.getCause() instanceof MaybeDoneException ? maybe : refused).add(name);
        }
    }

    long reads() {
        return reads.get();
    }

    /** Returns how long reads took, the fastest first. */
    List<Duration> readTimes() {
        return readNanos.stream().sorted().map(Duration::ofNanos).toList();
    }

    /** Returns the reads that took more than two seconds, and when. */
    List<String> slowReads() {
        return List.copyOf(slow);
    }

    List<String> failedReads() {
        return List.copyOf(failedReads);
    }

    /** Returns the names of what was said to be made. */
    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Returns the names of what was said to have failed. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    /** Returns the names of what may have been made. */
    List<String> maybe() {
        return List.copyOf(maybe);
    }

    @Override
    public void close() {
        ended.set(true);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
