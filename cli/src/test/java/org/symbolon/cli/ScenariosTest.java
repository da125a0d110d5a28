package org.symbolon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ScenariosTest {
    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> scenario_everyFile_asWritten() throws IOException, URISyntaxException {
        Path scenarios = Path.of(Objects.requireNonNull(ScenariosTest.class.getResource("/scenarios"))
                .toURI());
        List<Path> files;
        try (Stream<Path> all = Files.list(scenarios)) {
            files = all.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(5);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)));
    }

    private void play(Path file) throws IOException {
        Path own = Files.createDirectory(
                directory.resolve(file.getFileName().toString().replace(".txt", "")));
        Scenario scenario = Scenario.read(file);
        assertThat(scenario.runs()).isNotEmpty();
        for (Scenario.ScenarioFile given : scenario.files()) {
            Path path = own.resolve(given.name());
            String text = String.join("\n", given.lines()).replace("$DIR", own.toString());
            Files.writeString(path, text + "\n");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        }
        for (Scenario.Run run : scenario.runs()) {
            play(run, own);
        }
    }

    private static void play(Scenario.Run run, Path directory) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, UTF_8);
        Deque<String> answers = new ArrayDeque<>(run.answers());
        String input = String.join("\n", run.input()) + (run.input().isEmpty() ? "" : "\n");
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                errors,
                question -> {
                    if (run.answers().isEmpty()) {
                        return Optional.empty();
                    }
                    errors.println(question.strip());
                    return Optional.of(answers.removeFirst().toCharArray());
                },
                false,
                false);
        int exitCode = Main.run(terminal, run.words(directory).toArray(String[]::new));
        String what = "> " + run.commandLine() + "\n" + out.toString(UTF_8) + "! " + err.toString(UTF_8);
        assertThat(exitCode).as(what).isEqualTo(run.expectedExitCode());
        assertLines(what, run.out(), out.toString(UTF_8), directory);
        assertLines(what, run.err(), err.toString(UTF_8), directory);
        assertThat(answers).as("answers that nobody asked for").isEmpty();
    }

    private static void assertLines(String what, List<String> expected, String actual, Path directory) {
        List<String> lines = actual.lines().filter(line -> !line.isBlank()).toList();
        for (int i = 0; i < Math.max(lines.size(), expected.size()); i++) {
            String line = i < lines.size() ? lines.get(i).stripTrailing() : "(nothing more)";
            String wanted = i < expected.size() ? expected.get(i).stripTrailing() : "(nothing more)";
            if (wanted.equals(Scenario.AND_SO_ON)) {
                return;
            }
            if (!Scenario.pattern(wanted, directory).matcher(line).matches()) {
                fail("expected: %s%nbut was:  %s%nin%n%s", wanted, line, what);
            }
        }
    }
}
