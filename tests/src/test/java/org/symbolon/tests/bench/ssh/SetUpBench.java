package org.symbolon.tests.bench.ssh;

import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.symbolon.tests.Program;

/** {@link MinaSetUps} on class paths with and without Bouncy Castle. */
final class SetUpBench {
    private SetUpBench() {}

    static void run(SshBenchProgram.Scale scale, PrintStream out) throws Exception {
        out.println(
                "| class path | MINA's default, one at a time /s | ours | times | MINA's default, four at a time /s |"
                        + " ours |");
        out.println("|---|---:|---:|---:|---:|---:|");
        String all = System.getProperty("java.class.path");
        String less = Arrays.stream(all.split(File.pathSeparator, -1))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("bc"))
                .collect(Collectors.joining(File.pathSeparator));
        out.print(row(scale, "without Bouncy Castle", less));
        out.print(row(scale, "with Bouncy Castle", all));
    }

    private static String row(SshBenchProgram.Scale scale, String name, String classPath) throws Exception {
        Program program = Program.run(
                Path.of(System.getProperty("java.home"), "bin/java"),
                "-Xmx256m",
                "-cp",
                classPath,
                MinaSetUps.class.getName(),
                name,
                Math.min(5, scale.rounds()),
                scale.logins());
        if (program.exitCode() != 0) {
            throw new IllegalStateException(program.output());
        }
        return program.output()
                .lines()
                .filter(line -> line.startsWith("| "))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
