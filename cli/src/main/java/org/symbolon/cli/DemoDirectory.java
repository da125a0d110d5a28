package org.symbolon.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of this process's user alone, removed with all that is in it when it is closed.
 *
 * @param path where it is
 */
record DemoDirectory(Path path) implements AutoCloseable {
    static DemoDirectory create() throws IOException {
        return new DemoDirectory(Files.createTempDirectory("symbolon-demo-"));
    }

    Path file(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the demonstration's directory " + path + " stays behind", e);
        }
    }
}
