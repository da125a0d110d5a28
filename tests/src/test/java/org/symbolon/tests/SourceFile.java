package org.symbolon.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A source file of the tests, for tests that look at how code is written. */
public final class SourceFile {
    private SourceFile() {}

    /** Returns the lines of a top-level class of this module's tests. */
    public static List<String> linesOf(Class<?> type) {
        Path file = Peer.root()
                .resolve("tests/src/test/java")
                .resolve(type.getName().replace('.', '/') + ".java");
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
