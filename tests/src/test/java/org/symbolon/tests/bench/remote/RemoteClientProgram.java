package org.symbolon.tests.bench.remote;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** One contender in a process of its own: signs for a while that does not count, then for one that does. */
public final class RemoteClientProgram {
    /** What the line with the numbers begins with. */
    static final String RESULT = "result";

    private static final int MAX_SAMPLES = 4_000_000;

    private final int threads;
    private final long measureNanos;
    private final CountDownLatch warm;
    private final CountDownLatch go = new CountDownLatch(1);

    private RemoteClientProgram(int threads, long measureNanos) {
        this.threads = threads;
        this.measureNanos = measureNanos;
        this.warm = new CountDownLatch(threads);
    }

    /**
     * Prints signatures per second, their median and 99th percentile in microseconds, and CPU time in microseconds.
     *
     * @param args the contender, the threads, how long to warm up and to measure in milliseconds, the folder of the peers
     */
    public static void main(String[] args)
            throws GeneralSecurityException, IOException, InterruptedException, ExecutionException {
        int threads = Integer.parseInt(args[1]);
        long warmUpNanos = Duration.ofMillis(Long.parseLong(args[2])).toNanos();
        long measureNanos = Duration.ofMillis(Long.parseLong(args[3])).toNanos();
        BenchPeers peers = BenchPeers.load(Path.of(args[4]));
        try (SigningClient client = new SigningClient(RemoteContender.valueOf(args[0]), peers)) {
            System.out.println(new RemoteClientProgram(threads, measureNanos).measure(client, peers, warmUpNanos));
        }
        System.exit(0); // SunPKCS11's threads would stay
    }

    private String measure(SigningClient client, BenchPeers peers, long warmUpNanos)
            throws GeneralSecurityException, IOException, InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<long[]>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            RemoteSigner signer = client.signer();
            running.add(pool.submit(() -> run(signer, warmUpNanos)));
        }
        warm.await();
        Duration before = cpuTime(peers);
        go.countDown();
        long[] samples = LongStream.empty().toArray();
        for (Future<long[]> thread : running) {
            samples = LongStream.concat(Arrays.stream(samples), Arrays.stream(thread.get()))
                    .toArray();
        }
        double cpuMicros = cpuTime(peers).minus(before).toNanos() / 1e3 / samples.length;
        pool.shutdown();
        Arrays.sort(samples);
        return String.format(
                Locale.ROOT,
                RESULT + " %.1f %.2f %.2f %.2f",
                samples.length / (measureNanos / 1e9),
                samples[samples.length / 2] / 1e3,
                samples[(int) (samples.length * 99L / 100)] / 1e3,
                cpuMicros);
    }

    /** Returns how long each signature took. */
    private long[] run(RemoteSigner signer, long warmUpNanos) throws GeneralSecurityException, InterruptedException {
        long warmUntil = System.nanoTime() + warmUpNanos;
        while (System.nanoTime() < warmUntil) {
            signer.sign();
        }
        warm.countDown();
        go.await();
        long[] samples = new long[MAX_SAMPLES / threads];
        int count = 0;
        long start = System.nanoTime();
        long end = start + measureNanos;
        for (long now = start; now < end && count < samples.length; ) {
            signer.sign();
            long after = System.nanoTime();
            samples[count++] = after - now;
            now = after;
        }
        return Arrays.copyOf(samples, count);
    }

    private static Duration cpuTime(BenchPeers peers) {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .plus(peers.cpuTime());
    }
}
