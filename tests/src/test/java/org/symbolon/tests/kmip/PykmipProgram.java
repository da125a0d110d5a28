package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/** Programs in Python that use PyKMIP's own client. */
final class PykmipProgram {
    private PykmipProgram() {}

    /** Runs a script of this package in a folder to its good end, and returns what it printed. */
    static String run(String script, Path folder, Object... arguments) throws IOException, InterruptedException {
        Path file = folder.resolve(script);
        try (InputStream in = Objects.requireNonNull(PykmipProgram.class.getResourceAsStream(script))) {
            Files.write(file, in.readAllBytes());
        }
        List<Object> command = new ArrayList<>(List.of(python(), "-W", "ignore", file));
        command.addAll(List.of(arguments));
        return checked(Program.run(folder, Map.of(), command));
    }

    /** Runs one of the programs that PyKMIP brings along for the shell, and returns what it logged. */
    static String demonstrate(String program, Path folder, Object... arguments)
            throws IOException, InterruptedException {
        List<Object> command = new ArrayList<>(List.of(python(), "-W", "ignore", "-m", "kmip.demos.pie." + program));
        command.addAll(List.of(arguments));
        return checked(Program.run(folder, Map.of(), command));
    }

    /** Another python3 earlier in PATH would not have the package. */
    private static Path python() {
        Peer.require("pykmip-server", "python3-pykmip");
        return Peer.requireFile("python3-pykmip", Path.of("/usr/bin/python3"));
    }

    private static String checked(Program program) {
        assertThat(program.exitCode()).as(program.output()).isZero();
        return program.output();
    }
}
