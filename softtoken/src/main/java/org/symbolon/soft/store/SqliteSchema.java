package org.symbolon.soft.store;

import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.symbolon.TokenException;

/** Brings an SQLite database to the current schema: runs each numbered file that it has not seen. */
final class SqliteSchema {
    /** Marks our databases in SQLite's header: "SymB". */
    static final int APPLICATION_ID = 0x53796D42;

    private static final Pattern CREATE =
            Pattern.compile("CREATE (?<type>TABLE|INDEX) (?<name>\\w+)(?: ON (?<table>\\w+))?");
    private static final SqliteSchema SHIPPED = new SqliteSchema(SchemaFiles.SHIPPED);

    private final SchemaFiles files;
    private final Set<String> entries;

    SqliteSchema(SchemaFiles files) {
        this.files = files;
        this.entries = entries(files);
    }

    static SqliteSchema shipped() {
        return SHIPPED;
    }

    void migrate(Sql sql, String database) throws TokenException {
        check(sql, database);
        if (number(sql, "user_version") == files.version()) {
            return;
        }
        sql.execute("BEGIN IMMEDIATE");
        boolean done = false;
        try {
            check(sql, database);
            for (long version = number(sql, "user_version") + 1; version <= files.version(); version++) {
                files.statements(version).forEach(sql::execute);
            }
            sql.execute("PRAGMA application_id = " + APPLICATION_ID);
            sql.execute("PRAGMA user_version = " + files.version());
            sql.execute("COMMIT");
            done = true;
        } finally {
            if (!done) {
                sql.execute("ROLLBACK");
            }
        }
    }

    /**
     * Refuses a schema that is not, text for text, the one of the files: a trigger or a view would make the tables
     * something else than they seem. Within a transaction; cheap while the schema stays as it is.
     */
    void require(Sql sql, String database) throws TokenException {
        long schemaVersion = number(sql, "schema_version");
        if (sql.isChecked(schemaVersion)) {
            return;
        }
        // What SQLite's own ANALYZE adds is let pass: it tells the planner about the tables and nothing else.
        Set<String> found = new HashSet<>(sql.query(
                "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE (sql IS NOT NULL OR type <> 'index')"
                        + " AND NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4'))",
                row -> entry(row.getString(1), row.getString(2), row.getString(3), row.getString(4))));
        if (!found.equals(entries)) {
            Set<String> foreign = new TreeSet<>(found);
            foreign.removeAll(entries);
            String detail = foreign.isEmpty()
                    ? "tables or indexes are missing"
                    : "it has the "
                            + foreign.iterator().next().lines().findFirst().orElse("");
            throw SchemaFiles.refused("the schema of the database " + database + " was tampered with: " + detail);
        }
        sql.setChecked(schemaVersion);
    }

    private static Set<String> entries(SchemaFiles files) {
        Set<String> entries = new HashSet<>();
        for (int version = 1; version <= files.version(); version++) {
            for (String statement : files.statements(version)) {
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

    private void check(Sql sql, String database) throws TokenException {
        long tables = sql.query("SELECT count(*) FROM sqlite_master", row -> row.getLong(1))
                .get(0);
        long application = number(sql, "application_id");
        if (tables > 0 && application != APPLICATION_ID) {
            throw SchemaFiles.refused(database + " is an SQLite database of another program");
        }
        files.requireKnown(number(sql, "user_version"), database);
    }

    private static long number(Sql sql, String pragma) {
        return sql.query("PRAGMA " + pragma, row -> row.getLong(1)).get(0);
    }
}
