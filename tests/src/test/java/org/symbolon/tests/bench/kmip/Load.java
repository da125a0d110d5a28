package org.symbolon.tests.bench.kmip;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.symbolon.TokenException;

/**
 * What so many threads did in a while.
 *
 * @param perSecond operations, of all threads
 * @param p50Micros the time of an operation that half of them took at most
 * @param p99Micros the time of an operation that 99 of 100 took at most
 * @param cpuMicros CPU time of this process for each operation: client, server and the rest of it
 */
record Load(double perSecond, double p50Micros, double p99Micros, double cpuMicros) {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int MAX_SAMPLES = 1 << 20;

    /** One operation, which may count as several. */
    @FunctionalInterface
    interface Work {
        void run() throws TokenException;
    }

    /** Works for a while to warm up, then for a while that counts. */
    static Load of(int threads, int each, Duration warmUp, Duration measure, Work work)
            throws InterruptedException, ExecutionException {
        run(threads, warmUp, work);
        long cpu = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        List<long[]> samples = run(threads, measure, work);
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuMicros = (PROCESS.getProcessCpuTime() - cpu) / 1e3;
        long[] all = samples.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        double count = (double) all.length * each;
        return new Load(
                count / seconds, all[all.length / 2] / 1e3, all[(int) (all.length * 0.99)] / 1e3, cpuMicros / count);
    }

    private static List<long[]> run(int threads, Duration time, Work work)
            throws InterruptedException, ExecutionException {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            long end = System.nanoTime() + time.toNanos();
            List<Future<long[]>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(workers.submit(() -> samples(end, work)));
            }
            List<long[]> samples = new ArrayList<>();
            for (Future<long[]> each : running) {
                samples.add(each.get());
            }
            return samples;
        } finally {
            workers.shutdown();
        }
    }

    private static long[] samples(long end, Work work) throws TokenException {
        long[] samples = new long[MAX_SAMPLES];
        int count = 0;
        for (long before = System.nanoTime(); before < end && count < samples.length; ) {
            work.run();
            long after = System.nanoTime();
            samples[count++] = after - before;
            before = after;
        }
        return Arrays.copyOf(samples, count);
    }
}
