package org.symbolon.soft.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;

/**
 * The numbered files of the schema: each brings a database from the version before to its own.
 *
 * @param files their texts, version 1 first
 */
record SchemaFiles(List<String> files) {
    private static final int SHIPPED_VERSION = 1;

    /** Those that are shipped. */
    static final SchemaFiles SHIPPED = shipped();

    private static SchemaFiles shipped() {
        List<String> files = new ArrayList<>();
        for (int version = 1; version <= SHIPPED_VERSION; version++) {
            files.add(read("schema-" + version + ".sql"));
        }
        return new SchemaFiles(files);
    }

    /** Returns the current version. */
    long version() {
        return files.size();
    }

    /** Returns the statements that lead to a version. */
    List<String> statements(long version) {
        return Stream.of(files.get((int) version - 1).split(";\n", -1))
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    /** Refuses what a newer version of this library wrote. */
    void requireKnown(long version, String database) throws TokenException {
        if (version > version()) {
            throw refused("the database " + database + " was written by a newer Symbolon: its schema is version "
                    + version + ", this one knows versions up to " + version());
        }
    }

    static TokenException refused(String detail) {
        return new TokenProtocolException(Status.ckr("CKR_TOKEN_NOT_RECOGNIZED"), detail);
    }

    private static String read(String resource) {
        try (@Nullable InputStream in = SchemaFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("the resource " + resource + " is missing beside " + SchemaFiles.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + resource, e);
        }
    }
}
