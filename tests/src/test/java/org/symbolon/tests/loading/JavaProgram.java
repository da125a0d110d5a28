package org.symbolon.tests.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.symbolon.tests.Program;

/** Runs Java programs in processes of their own. */
final class JavaProgram {
    private JavaProgram() {}

    /** Runs {@code java} with arguments and returns what it printed, after a check that it ended well. */
    static String run(List<String> arguments) throws IOException, InterruptedException {
        return run(Path.of(System.getProperty("java.home")), arguments);
    }

    static String run(Path javaHome, List<String> arguments) throws IOException, InterruptedException {
        List<Object> command = new ArrayList<>(List.of(javaHome.resolve("bin/java"), "-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        Program program = Program.run(command.toArray());
        assertThat(program.exitCode()).as(program.output()).isZero();
        return program.output();
    }
}
