package org.symbolon.tests.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One workload by one contender; {@link BenchProgram} runs all pairs. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class SoftBenchmark {
    /** What all threads share: the key. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** The name of a {@link Workload}. */
        @Param("RSA_2048")
        public String workload = "";

        /** The name of a {@link Contender}. */
        @Param("API")
        public String contender = "";

        @SuppressWarnings("NullAway.Init") // by JMH, which calls open()
        private Contest contest;

        @Setup
        public void open() throws GeneralSecurityException, IOException {
            contest = new Contest(Workload.valueOf(workload), Contender.valueOf(contender));
        }

        @TearDown
        public void close() throws IOException {
            contest.close();
        }
    }

    /** What each thread has of its own: its Signature, its Cipher, its CPU time. */
    @State(Scope.Thread)
    public static class Own {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        @SuppressWarnings("NullAway.Init") // by JMH, which calls make()
        private Contest.Operation operation;

        private long startNanos;

        @Setup
        public void make(Shared shared) throws GeneralSecurityException {
            operation = shared.contest.operation();
        }

        @Setup(Level.Iteration)
        public void begin() {
            startNanos = THREADS.getCurrentThreadCpuTime();
        }

        @TearDown(Level.Iteration)
        public void end() {
            CpuTimeProfiler.add(THREADS.getCurrentThreadCpuTime() - startNanos);
        }
    }

    @Benchmark
    public byte[] operation(Own own) throws GeneralSecurityException {
        return own.operation.run();
    }
}
