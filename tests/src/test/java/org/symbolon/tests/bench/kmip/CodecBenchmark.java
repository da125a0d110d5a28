package org.symbolon.tests.bench.kmip;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.tests.bench.CpuTimeProfiler;

/** Encoding of records, and decoding to records with everything read; {@link KmipBenchProgram} runs it. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
public class CodecBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** The name of a {@link CodecMessage}. */
    @Param("SIGN")
    public String message = "";

    @SuppressWarnings("NullAway.Init") // by JMH, which calls make()
    private CodecMessage codec;

    private byte[] bytes = new byte[0];
    private long startNanos;

    @Setup
    public void make() {
        codec = CodecMessage.valueOf(message);
        bytes = codec.bytes();
    }

    @Setup(Level.Iteration)
    public void begin() {
        startNanos = THREADS.getCurrentThreadCpuTime();
    }

    @TearDown(Level.Iteration)
    public void end() {
        CpuTimeProfiler.add(THREADS.getCurrentThreadCpuTime() - startNanos);
    }

    @Benchmark
    public Object decode() throws MalformedTtlvException {
        return codec.decode(bytes);
    }

    @Benchmark
    public byte[] encode() {
        return codec.bytes();
    }
}
