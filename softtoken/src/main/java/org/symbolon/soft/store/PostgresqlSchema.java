package org.symbolon.soft.store;

import java.util.List;
import java.util.Optional;
import org.symbolon.TokenException;

/**
 * Brings a schema of a PostgreSQL database to the current version: runs each numbered file that it has not seen. Who does
 * so holds an advisory lock, so that many nodes may start at once.
 */
final class PostgresqlSchema {
    static final String SELECT_VERSION = "SELECT version FROM schema_version";

    private static final String LOCK = "SELECT CAST(pg_advisory_xact_lock(hashtext(?)) AS text)";

    private final SchemaFiles files;
    private final String schema;
    private final String database;

    PostgresqlSchema(SchemaFiles files, String schema, String database) {
        this.files = files;
        this.schema = schema;
        this.database = database;
    }

    /** Within a transaction, which sees what others committed before each statement. */
    void migrate(Sql sql) throws TokenException {
        sql.query(LOCK, row -> true, "symbolon " + schema);
        boolean isThere = exists(sql, "SELECT count(*) FROM pg_namespace WHERE nspname = ?", schema);
        if (!isThere) {
            sql.execute("CREATE SCHEMA " + schema);
        }
        boolean isOurs = exists(
                sql, "SELECT count(*) FROM pg_tables WHERE schemaname = ? AND tablename = 'schema_version'", schema);
        if (!isOurs) {
            requireEmpty(sql);
            sql.execute("CREATE TABLE schema_version (version BIGINT NOT NULL)");
            sql.execute("INSERT INTO schema_version (version) VALUES (0)");
        }
        long version = sql.queryOne(SELECT_VERSION, row -> row.getLong(1))
                .orElseThrow(() -> SchemaFiles.refused("the database " + database + " has lost its schema's version"));
        files.requireKnown(version, database);
        for (long next = version + 1; next <= files.version(); next++) {
            for (String statement : files.statements(next)) {
                sql.execute(ours(statement));
            }
        }
        sql.updateOne("UPDATE schema_version SET version = ?", files.version());
    }

    private void requireEmpty(Sql sql) throws TokenException {
        if (exists(sql, "SELECT count(*) FROM pg_tables WHERE schemaname = ?", schema)) {
            throw SchemaFiles.refused("the schema of " + database + " holds tables of another program");
        }
    }

    private static boolean exists(Sql sql, String query, String name) {
        List<Long> counts = sql.query(query, row -> row.getLong(1), name);
        return counts.get(0) > 0;
    }

    /** Returns a statement of the files, which are SQLite's, in PostgreSQL's terms. */
    private static String ours(String statement) {
        return statement.replaceAll("\\bBLOB\\b", "BYTEA").replace(" WITHOUT ROWID", "");
    }

    /** Refuses a schema of another version than this one's. */
    static void check(Optional<Long> version, String database) throws TokenException {
        long found = version.orElse(-1L);
        SchemaFiles.SHIPPED.requireKnown(found, database);
        if (found != SchemaFiles.SHIPPED.version()) {
            throw SchemaFiles.refused("the schema of the database " + database + " went back to version " + found);
        }
    }
}
