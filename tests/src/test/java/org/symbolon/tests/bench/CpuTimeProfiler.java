package org.symbolon.tests.bench;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds what an operation costs in CPU time of the threads that do it: unlike elapsed time it hardly changes when other
 * programs run.
 */
public final class CpuTimeProfiler implements InternalProfiler {
    /** The name of the result, in nanoseconds. */
    public static final String CPU_NANOS = "cpu";

    private static final LongAdder NANOS = new LongAdder();

    /** Counts the CPU time of one thread in an iteration. */
    public static void add(long nanos) {
        NANOS.add(nanos);
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        NANOS.reset();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long operations = Math.max(1, result.getMetadata().getAllOps());
        return List.of(new ScalarResult(
                CPU_NANOS, NANOS.sumThenReset() / (double) operations, "ns/op", AggregationPolicy.AVG));
    }

    @Override
    public String getDescription() {
        return "CPU time of the measured threads for each operation";
    }
}
