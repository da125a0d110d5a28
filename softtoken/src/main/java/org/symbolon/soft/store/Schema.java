package org.symbolon.soft.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;

/** Brings a database to the current schema: runs each numbered file that it has not seen. */
final class Schema {
    static final int VERSION = 1;
    /** Marks our databases in SQLite's header: "SymB". */
    static final int APPLICATION_ID = 0x53796D42;

    private Schema() {}

    static void migrate(Sql sql, String database) throws TokenException {
        check(sql, database);
        if (number(sql, "user_version") == VERSION) {
            return;
        }
        sql.execute("BEGIN IMMEDIATE");
        boolean done = false;
        try {
            check(sql, database);
            for (long version = number(sql, "user_version") + 1; version <= VERSION; version++) {
                for (String statement : read("schema-" + version + ".sql").split(";\n", -1)) {
                    if (!statement.isBlank()) {
                        sql.execute(statement);
                    }
                }
            }
            sql.execute("PRAGMA application_id = " + APPLICATION_ID);
            sql.execute("PRAGMA user_version = " + VERSION);
            sql.execute("COMMIT");
            done = true;
        } finally {
            if (!done) {
                sql.execute("ROLLBACK");
            }
        }
    }

    private static void check(Sql sql, String database) throws TokenException {
        long tables = sql.query("SELECT count(*) FROM sqlite_master", row -> row.getLong(1))
                .get(0);
        long application = number(sql, "application_id");
        long version = number(sql, "user_version");
        if (tables > 0 && application != APPLICATION_ID) {
            throw refused(database + " is an SQLite database of another program");
        }
        if (version > VERSION) {
            throw refused("the database " + database + " was written by a newer Symbolon: its schema is version "
                    + version + ", this one knows versions up to " + VERSION);
        }
    }

    private static TokenException refused(String detail) {
        return new TokenProtocolException(Status.ckr("CKR_TOKEN_NOT_RECOGNIZED"), detail);
    }

    private static long number(Sql sql, String pragma) {
        return sql.query("PRAGMA " + pragma, row -> row.getLong(1)).get(0);
    }

    private static String read(String resource) {
        try (@Nullable InputStream in = Schema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("the resource " + resource + " is missing beside " + Schema.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + resource, e);
        }
    }
}
