package org.symbolon.kmip.ttlv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tab-separated tables that lie beside a class. */
public final class TableResource {
    private TableResource() {}

    /**
     * Reads a table.
     *
     * @param owner the class that the table lies beside
     * @param name its file name
     * @return the cells of its rows, without the header line and lines that begin with #
     */
    public static List<String[]> rows(Class<?> owner, String name) {
        @Nullable InputStream stream = owner.getResourceAsStream(name);
        if (stream == null) {
            throw new AssertionError("the table " + name + " is missing beside " + owner);
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .skip(1)
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
