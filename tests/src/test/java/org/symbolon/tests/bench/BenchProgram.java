package org.symbolon.tests.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * {@code tests/bench soft}: every workload by every contender, each in a JVM of its own. The contenders of a workload take
 * turns, several rounds, so that what else the machine does meets all of them alike.
 */
public final class BenchProgram {
    private static final Set<Contender> ON_TWO_THREADS =
            EnumSet.of(Contender.RAW_ACCP, Contender.RAW_JDK, Contender.API, Contender.JCA);

    private final Plan plan;
    private final Measurements measured = new Measurements();
    private final PrintStream progress;

    /** How long and how often is measured. */
    private record Plan(int rounds, int warmUpMillis, int measureMillis, int maxThreads) {}

    private BenchProgram(Plan plan, PrintStream progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Runs.
     *
     * @param args {@code --quick}, {@code --json}; names of workloads and contenders, all of them if none is named
     */
    public static void main(String[] args) throws IOException, RunnerException {
        Set<String> arguments = Arrays.stream(args).collect(Collectors.toSet());
        boolean json = arguments.remove("--json");
        Plan plan = arguments.remove("--quick") ? new Plan(1, 1000, 500, 1) : new Plan(2, 2500, 1000, 2);
        BenchProgram program = new BenchProgram(plan, System.err);
        program.run(chosen(Workload.class, arguments), chosen(Contender.class, arguments));
        System.out.println(
                json
                        ? new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(program.measured.all())
                        : new MarkdownReport(program.measured).text());
    }

    private static <E extends Enum<E>> List<E> chosen(Class<E> type, Set<String> names) {
        List<E> named = Arrays.stream(type.getEnumConstants())
                .filter(each -> names.contains(each.name()))
                .toList();
        return named.isEmpty() ? List.of(type.getEnumConstants()) : named;
    }

    private void run(List<Workload> workloads, List<Contender> contenders) throws RunnerException {
        for (int round = 1; round <= plan.rounds; round++) {
            for (Workload workload : workloads) {
                for (int threads = 1; threads <= plan.maxThreads; threads++) {
                    for (Contender contender : contenders) {
                        if (threads == 1 || ON_TWO_THREADS.contains(contender)) {
                            measure(round, workload, contender, threads);
                        }
                    }
                }
            }
        }
    }

    private void measure(int round, Workload workload, Contender contender, int threads) throws RunnerException {
        if (workload == Workload.ED25519 && contender == Contender.PKCS11) {
            return; // SunPKCS11 has no EdDSA
        }
        Options options = new OptionsBuilder()
                .include(SoftBenchmark.class.getName() + ".operation")
                .param("workload", workload.name())
                .param("contender", contender.name())
                .threads(threads)
                .forks(1)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(plan.warmUpMillis))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(plan.measureMillis))
                .addProfiler(CpuTimeProfiler.class)
                .jvmArgsAppend("-Xms256m", "-Xmx256m")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(false)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        for (RunResult result : results) {
            double cpuNanos = Objects.requireNonNull(
                            result.getSecondaryResults().get(CpuTimeProfiler.CPU_NANOS))
                    .getScore();
            double perSecond = result.getPrimaryResult().getScore();
            Measurement measurement = new Measurement(round, workload, contender, threads, perSecond, cpuNanos);
            measured.add(measurement);
            progress.printf(
                    Locale.ROOT,
                    "%d %-12s %-9s %d: %,12.0f/s, %,12.0f/CPU s%n",
                    round,
                    workload,
                    contender,
                    threads,
                    perSecond,
                    measurement.perCpuSecond());
        }
        if (results.isEmpty()) {
            progress.printf("%d %-12s %-9s %d: failed%n", round, workload, contender, threads);
        }
    }
}
