package org.symbolon.tests.remote;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.awaitility.Awaitility;

/**
 * Threads that sign with the same {@link PrivateKey} objects until they are closed, each time a message of its own, and verify
 * every signature with the JDK.
 */
final class BusySigners implements AutoCloseable {
    private static final int THREADS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<Key> keys;
    private final Provider provider;
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    private final List<Future<?>> threads = new ArrayList<>();
    private final AtomicLongArray signed = new AtomicLongArray(THREADS);
    private final Queue<SignatureException> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong longestFailure = new AtomicLong();
    private final AtomicLong firstAfter = new AtomicLong();
    private volatile long mark;
    private volatile boolean over;

    /** A key that all threads hold, and how it signs. */
    record Key(PrivateKey privateKey, PublicKey publicKey, String algorithm) {}

    BusySigners(List<Key> keys, Provider provider) {
        this.keys = keys;
        this.provider = provider;
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            threads.add(executor.submit(() -> {
                run(thread);
                return null;
            }));
        }
    }

    private void run(int thread) throws GeneralSecurityException {
        for (long n = 0; !over; n++) {
            Key key = keys.get((int) (n % keys.size()));
            byte[] message = ByteBuffer.allocate(16).putLong(thread).putLong(n).array();
            long start = System.nanoTime();
            try {
                byte[] signature = sign(key, message);
                long end = System.nanoTime();
                longest.accumulateAndGet(end - start, Math::max);
                if (end - mark > 0) {
                    firstAfter.compareAndSet(0, end);
                }
                verify(key, message, signature);
                signed.incrementAndGet(thread);
            } catch (SignatureException e) {
                longestFailure.accumulateAndGet(System.nanoTime() - start, Math::max);
                failures.add(e);
            }
        }
    }

    private byte[] sign(Key key, byte[] message) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(key.algorithm(), provider);
        signer.initSign(key.privateKey());
        signer.update(message);
        return signer.sign();
    }

    private static void verify(Key key, byte[] message, byte[] signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(key.algorithm());
        verifier.initVerify(key.publicKey());
        verifier.update(message);
        if (!verifier.verify(signature)) {
            throw new AssertionError("a signature is another message's");
        }
    }

    /** Waits until every thread has signed so many more. */
    void awaitProgress(int each) {
        long[] before = new long[THREADS];
        for (int i = 0; i < THREADS; i++) {
            before[i] = signed.get(i);
        }
        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> hasProgressed(before, each));
    }

    private boolean hasProgressed(long[] before, int each) {
        for (int i = 0; i < THREADS; i++) {
            if (threads.get(i).isDone() || signed.get(i) < before[i] + each) {
                return threads.get(i).isDone();
            }
        }
        return true;
    }

    /** Waits until so many more calls have failed. */
    void awaitFailures(int more) {
        int before = failures.size();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> failures.size() >= before + more);
    }

    /** Begins to look for the next success. */
    void mark() {
        mark = System.nanoTime();
        firstAfter.set(0);
    }

    /** Waits for the first success after the mark, and returns how long after a moment it came. */
    Duration awaitSuccess(long since) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> firstAfter.get() != 0);
        return Duration.ofNanos(Math.max(0, firstAfter.get() - since));
    }

    List<SignatureException> failures() {
        return List.copyOf(failures);
    }

    long signed() {
        long sum = 0;
        for (int i = 0; i < THREADS; i++) {
            sum += signed.get(i);
        }
        return sum;
    }

    Duration longest() {
        return Duration.ofNanos(longest.get());
    }

    Duration longestFailure() {
        return Duration.ofNanos(longestFailure.get());
    }

    /** Lets the threads end; fails as the first of them did. */
    void stop() throws InterruptedException {
        over = true;
        for (Future<?> thread : threads) {
            try {
                thread.get();
            } catch (ExecutionException e) {
                throw new AssertionError("a thread failed", e.getCause());
            }
        }
    }

    @Override
    public void close() {
        over = true;
        executor.shutdownNow();
    }
}
