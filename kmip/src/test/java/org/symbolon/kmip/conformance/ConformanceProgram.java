package org.symbolon.kmip.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.symbolon.kmip.reference.OasisCase;
import org.symbolon.kmip.server.MachineRig;

/** What {@code tests/kmip-conformance} runs: all cases on all sides, or some on the server, with their messages. */
final class ConformanceProgram {
    private static final PrintStream OUT = System.out;

    private ConformanceProgram() {}

    /** Runs; the exit code is 1 if a case fails. */
    public static void main(String[] arguments) throws Exception {
        List<String> options =
                Stream.of(arguments).filter(each -> each.startsWith("-")).toList();
        List<String> names =
                Stream.of(arguments).filter(each -> !each.startsWith("-")).toList();
        System.exit((names.isEmpty() ? all(options) : some(names, options.contains("-v"))) ? 0 : 1);
    }

    private static boolean some(List<String> names, boolean trace) throws Exception {
        Suite suite = new Suite();
        List<OasisCase> all = OasisCase.all().toList();
        boolean passed = true;
        try (MachineRig rig = new MachineRig()) {
            ServerSide server = new ServerSide(rig);
            for (OasisCase each : all) {
                if (names.stream().anyMatch(each.toString()::contains)) {
                    CaseResult result = server.run(each, suite.before(each, all), suite.settings(each));
                    OUT.print(trace ? result.trace() : "");
                    OUT.println(result.file() + (result.passed() ? " passes" : " fails"));
                    result.differences().forEach(difference -> OUT.println("  " + difference));
                    passed &= result.passed();
                }
            }
        }
        return passed;
    }

    private static boolean all(List<String> options) throws Exception {
        Path folder = Files.createTempDirectory("symbolon-conformance");
        try {
            Report report = new Suite().run(folder);
            if (options.contains("--json")) {
                OUT.println(report.json());
            } else {
                report.table().forEach(OUT::println);
                OUT.println();
                report.failures().forEach(OUT::println);
            }
            return report.isPassed();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
