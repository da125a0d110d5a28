package org.symbolon.remote;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The files of the reference. In CI they must be there; elsewhere the tests that read them are skipped without them. */
public final class Reference {
    private static final Path FOLDER = Path.of(System.getProperty("symbolon.root", ".."), "..", "shared", "reference");

    private Reference() {}

    /** Returns a file. */
    public static Path file(String path) {
        Path file = FOLDER.resolve(path);
        if (!Files.exists(file)) {
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                fail("a file of the reference is missing: " + file);
            }
            assumeTrue(false, "the reference is not on this machine: " + file);
        }
        return file;
    }
}
