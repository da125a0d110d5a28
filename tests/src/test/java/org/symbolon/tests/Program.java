package org.symbolon.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program in a process of its own that has ended.
 *
 * @param exitCode what it ended with
 * @param output what it printed, on both streams
 */
public record Program(int exitCode, String output) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Runs a program to its end, without input. */
    public static Program run(Object... command) throws IOException, InterruptedException {
        return run(Path.of("").toAbsolutePath(), Map.of(), List.of(command));
    }

    /** Runs a program in a folder, with more variables in its environment, to its end. */
    public static Program run(Path folder, Map<String, String> environment, List<?> command)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        command.forEach(word -> words.add(word.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> outputOf(process));
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(words + " did not end; it printed " + output.join());
        }
        return new Program(process.exitValue(), output.join());
    }

    private static String outputOf(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
