package org.symbolon.kmip.reference;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the KMIP reference. In CI they must be there; elsewhere their tests are skipped without them. */
public final class KmipReference {
    private static final Path FOLDER =
            Path.of(System.getProperty("symbolon.root", ".."), "..", "shared", "reference", "kmip");

    private KmipReference() {}

    /** The rows of a table, without its header line. */
    public static List<String[]> rows(String table) {
        try (Stream<String> lines = Files.lines(file(table))) {
            return lines.skip(1).map(line -> line.split("\t", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of the test cases of a version, by name. */
    public static List<Path> cases(String version) {
        try (Stream<Path> files = Files.list(file("testcases/" + version))) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String name) {
        Path file = FOLDER.resolve(name);
        if (!Files.exists(file)) {
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                fail("The KMIP reference is missing: " + file);
            }
            assumeTrue(false, "The KMIP reference is not on this machine");
        }
        return file;
    }
}
