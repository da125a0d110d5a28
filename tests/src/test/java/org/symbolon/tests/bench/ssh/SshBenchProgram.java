package org.symbolon.tests.bench.ssh;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code tests/bench ssh}: prints a table for each part. */
public final class SshBenchProgram {
    private SshBenchProgram() {}

    /** A part of the benchmark. */
    @FunctionalInterface
    interface Part {
        void run(Scale scale, PrintStream out) throws Exception;
    }

    /**
     * How much is done.
     *
     * @param rounds how often everything is measured, in turns
     * @param logins logins of a round
     * @param signatures signatures of a round
     * @param users users of the largest store
     * @param folder for files
     */
    record Scale(int rounds, int logins, int signatures, int users, Path folder) {}

    /**
     * Runs.
     *
     * @param args {@code --quick}; {@code stores}, {@code signers}, {@code keys}, {@code mina}, {@code agent}, {@code lookup},
     *     {@code hang}; all
     *     of them if none is named
     */
    @SuppressWarnings("ClosingStandardOutputStreams") // the parts print to it
    public static void main(String[] args) throws Exception {
        List<String> arguments = List.of(args);
        boolean quick = arguments.contains("--quick");
        boolean all = arguments.stream().allMatch(each -> each.startsWith("--"));
        Path folder = Files.createTempDirectory("ssh");
        Scale scale = quick ? new Scale(3, 20, 100, 10_000, folder) : new Scale(7, 60, 400, 1_000_000, folder);
        List<String> names = List.of("stores", "signers", "keys", "mina", "agent", "lookup", "hang");
        List<Part> parts = List.of(
                StoreBench::run,
                SignerBench::run,
                KeyBench::run,
                SetUpBench::run,
                AgentBench::run,
                LookupBench::run,
                HangBench::run);
        for (int i = 0; i < names.size(); i++) {
            if (all || arguments.contains(names.get(i))) {
                System.err.println("bench: " + names.get(i));
                parts.get(i).run(scale, System.out);
                System.out.println();
            }
        }
        System.exit(0); // MINA's threads take their time
    }
}
