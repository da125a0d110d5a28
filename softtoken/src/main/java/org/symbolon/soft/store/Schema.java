package org.symbolon.soft.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;

/** Brings a database to the current schema: runs each numbered file that it has not seen. */
final class Schema {
    static final int VERSION = 1;
    /** Marks our databases in SQLite's header: "SymB". */
    static final int APPLICATION_ID = 0x53796D42;

    private static final Pattern CREATE =
            Pattern.compile("CREATE (?<type>TABLE|INDEX) (?<name>\\w+)(?: ON (?<table>\\w+))?");
    private static final Set<String> SHIPPED = shipped();

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
                statements(version).forEach(sql::execute);
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

    /**
     * Refuses a schema that is not, text for text, the one that is shipped: a trigger or a view would make the tables
     * something else than they seem. Within a transaction; cheap while the schema stays as it is.
     */
    static void require(Sql sql, String database) throws TokenException {
        long schemaVersion = number(sql, "schema_version");
        if (sql.isChecked(schemaVersion)) {
            return;
        }
        Set<String> found = new HashSet<>(sql.query(
                "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL OR type <> 'index'",
                row -> entry(row.getString(1), row.getString(2), row.getString(3), row.getString(4))));
        if (!found.equals(SHIPPED)) {
            Set<String> foreign = new TreeSet<>(found);
            foreign.removeAll(SHIPPED);
            String detail = foreign.isEmpty()
                    ? "tables or indexes are missing"
                    : "it has the "
                            + foreign.iterator().next().lines().findFirst().orElse("");
            throw refused("the schema of the database " + database + " was tampered with: " + detail);
        }
        sql.setChecked(schemaVersion);
    }

    private static Set<String> shipped() {
        Set<String> entries = new HashSet<>();
        for (int version = 1; version <= VERSION; version++) {
            for (String statement : statements(version)) {
                Matcher matcher = CREATE.matcher(statement);
                if (matcher.find()) {
                    String name = matcher.group("name");
                    String table = Objects.requireNonNullElse(matcher.group("table"), name);
                    String type = matcher.group("type").toLowerCase(Locale.ROOT);
                    entries.add(entry(type, name, table, statement.substring(matcher.start())));
                }
            }
        }
        return Set.copyOf(entries);
    }

    private static String entry(String type, String name, String table, String text) {
        return type + " " + name + " on " + table + "\n" + text;
    }

    private static List<String> statements(long version) {
        return Stream.of(read("schema-" + version + ".sql").split(";\n", -1))
                .filter(statement -> !statement.isBlank())
                .toList();
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
