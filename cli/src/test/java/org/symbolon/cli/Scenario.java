package org.symbolon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A scenario: files and command lines with what they are expected to print.
 *
 * <pre>
 * # a remark
 * &#64; NAME          a file, readable by its owner alone; its lines follow, each after "| "
 * &gt; ARGUMENTS     a command line, without the program's name
 * &lt; LINE          a line of its standard input
 * ? PIN           an answer to a prompt
 * = CODE          the exit code; 0 unless it is given
 * ! LINE          a line of standard error; prompts stand there too
 * LINE            a line of standard output
 * </pre>
 *
 * <p>{@code [..]} in an expected line stands for any text, a line {@code [...]} for whatever follows, {@code $DIR} for the scenario's own directory. Words of a command
 * line may be in double quotes. Blank lines count for nothing.
 */
record Scenario(List<ScenarioFile> files, List<Run> runs) {
    /** Stands for whatever follows. */
    static final String AND_SO_ON = "[...]";

    /** A file that commands read. */
    record ScenarioFile(String name, List<String> lines) {}

    /** A command line, what it reads and what is expected. */
    record Run(
            String commandLine,
            List<String> input,
            List<String> answers,
            List<String> exitCode,
            List<String> err,
            List<String> out) {
        Run(String commandLine) {
            this(
                    commandLine,
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
        }

        int expectedExitCode() {
            return exitCode.isEmpty() ? 0 : Integer.parseInt(exitCode.get(0));
        }

        List<String> words(Path directory) {
            List<String> words = new ArrayList<>();
            var matcher = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(commandLine);
            while (matcher.find()) {
                String word = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                words.add(word.replace("$DIR", directory.toString()));
            }
            return words;
        }
    }

    static Scenario read(Path file) throws IOException {
        Scenario scenario = new Scenario(new ArrayList<>(), new ArrayList<>());
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("# ")) {
                scenario.add(line);
            }
        }
        return scenario;
    }

    private void add(String line) {
        String rest = line.length() > 2 ? line.substring(2) : "";
        switch (line.substring(0, Math.min(2, line.length()))) {
            case "@ " -> files.add(new ScenarioFile(rest, new ArrayList<>()));
            case "| ", "|" -> files.get(files.size() - 1).lines().add(rest);
            case "> " -> runs.add(new Run(rest));
            case "< " -> last().input().add(rest);
            case "? " -> last().answers().add(rest);
            case "= " -> last().exitCode().add(rest);
            case "! " -> last().err().add(rest);
            default -> last().out().add(line);
        }
    }

    private Run last() {
        return runs.get(runs.size() - 1);
    }

    /** Returns the pattern that the actual lines must match. */
    static Pattern pattern(String expected, Path directory) {
        StringBuilder regex = new StringBuilder();
        for (String part : expected.replace("$DIR", directory.toString()).split("\\[\\.\\.]", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(regex.toString());
    }
}
