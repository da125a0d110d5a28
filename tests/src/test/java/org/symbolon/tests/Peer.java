package org.symbolon.tests;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds the programs and libraries that the tests meet and that nobody here wrote.
 *
 * <p>A missing one fails the test in CI and wherever {@code tests/peers/install} was run; elsewhere the test is skipped, and
 * counted. Every package named here has to be in {@code tests/peers/packages}, with its reason.
 */
public final class Peer {
    private static final List<Path> SYSTEM_PROGRAMS =
            List.of(Path.of("/usr/sbin"), Path.of("/sbin"), Path.of("/usr/local/sbin"));

    private final Path root;
    private final List<Path> programs;
    private final boolean required;

    Peer(Path root, Map<String, String> environment) {
        this.root = root;
        this.programs = Stream.concat(
                        Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                                .filter(directory -> !directory.isEmpty())
                                .map(Path::of),
                        SYSTEM_PROGRAMS.stream())
                .toList();
        this.required = "true".equals(environment.get("CI"))
                || "required".equals(environment.get("SYMBOLON_PEERS"))
                || Files.exists(root.resolve("tests/peers/.installed"));
    }

    /** Returns the program {@code name}; without it the test fails or is skipped, naming {@code debianPackage}. */
    public static Path require(String name, String debianPackage) {
        return ofThisMachine().program(name, debianPackage);
    }

    /** Returns the first of {@code candidates} that exists: libraries, and programs off the search path. */
    public static Path requireFile(String debianPackage, Path... candidates) {
        return ofThisMachine().file(debianPackage, candidates);
    }

    /** Returns the home of a JDK newer than 17, as {@code tests/peers/newer-jdk} finds it. */
    public static Path requireNewerJdk() {
        return ofThisMachine().newerJdk();
    }

    /** Returns the root of the repository: where {@code symbolon} and the parent pom are. */
    public static Path root() {
        Path start = Path.of(System.getProperty("symbolon.root", "")).toAbsolutePath();
        for (Path directory = start; directory != null; directory = directory.getParent()) {
            if (Files.isRegularFile(directory.resolve("tests/peers/packages"))) {
                return directory;
            }
        }
        throw new IllegalStateException("no repository at or above " + start);
    }

    private static Peer ofThisMachine() {
        return new Peer(root(), System.getenv());
    }

    Path program(String name, String debianPackage) {
        Path[] candidates =
                programs.stream().map(directory -> directory.resolve(name)).toArray(Path[]::new);
        return found(Stream.of(candidates).filter(Files::isExecutable).findFirst(), name, debianPackage);
    }

    Path file(String debianPackage, Path... candidates) {
        return found(
                Stream.of(candidates).filter(Files::isReadable).findFirst(), candidates[0].toString(), debianPackage);
    }

    private Path found(Optional<Path> peer, String name, String debianPackage) {
        Assertions.assertThat(listedPackages())
                .as("tests/peers/packages lists what tests need")
                .contains(debianPackage);
        return peer.orElseGet(() -> missing(name + " is missing: install package " + debianPackage));
    }

    private Path newerJdk() {
        try {
            Process process = new ProcessBuilder(
                            root.resolve("tests/peers/newer-jdk").toString())
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Path.of(answer) : missing(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while looking for a newer JDK", e);
        }
    }

    private List<String> listedPackages() {
        try {
            return Files.readAllLines(root.resolve("tests/peers/packages")).stream()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split("\\s+", 2)[0])
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path missing(String message) {
        if (required) {
            throw new AssertionError(message);
        }
        return Assumptions.abort(message);
    }
}
