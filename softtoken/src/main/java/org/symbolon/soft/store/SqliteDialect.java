package org.symbolon.soft.store;

import java.sql.SQLException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;

/** SQLite. */
final class SqliteDialect implements Dialect {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteDialect.class);

    private final String database;

    SqliteDialect(String database) {
        this.database = database;
    }

    @Override
    public void beginRead(Sql sql) throws TokenException {
        begin(sql, "BEGIN");
    }

    @Override
    public void beginWrite(Sql sql, long slot) throws TokenException {
        begin(sql, "BEGIN IMMEDIATE");
    }

    private void begin(Sql sql, String begin) throws TokenException {
        sql.started();
        sql.execute(begin);
        sql.setBegun(true);
        SqliteSchema.shipped().require(sql, database);
    }

    @Override
    public void finish(Sql sql) {
        // Everything was written at once, and a feed sees it in the file.
    }

    @Override
    public void commit(Sql sql) {
        sql.execute("COMMIT");
        sql.setBegun(false);
    }

    @Override
    public void rollback(Sql sql) {
        if (!sql.isBegun()) {
            return;
        }
        sql.setBegun(false);
        try {
            sql.execute("ROLLBACK");
        } catch (SqlFailure e) {
            // SQLite has rolled back by itself after a full disk or an I/O error; the first failure is the one to tell.
            LOG.debug("rollback: {}", e.getMessage());
        }
    }

    @Override
    public boolean flies() {
        return false;
    }

    @Override
    public void fly(Sql sql, Flight flight) {
        throw new AssertionError("an SQLite database is no journey away");
    }

    @Override
    public long now(Sql sql, Clock clock) {
        return clock.millis();
    }

    @Override
    public String isUid(String column) {
        return "typeof(" + column + ") = 'blob' AND length(" + column + ") = 16";
    }

    @Override
    public String bounded(String column) {
        return "CASE WHEN octet_length(" + column + ") <= " + ObjectTable.MAX_BYTES + " THEN " + column
                + " ELSE x'' END";
    }

    @Override
    public String prefix(String column) {
        throw new AssertionError("an SQLite database is no journey away");
    }

    @Override
    public String orderedJoin() {
        return "CROSS JOIN";
    }

    @Override
    public boolean isRetryable(SQLException e) {
        return SqliteErrors.isBusy(e);
    }

    @Override
    public boolean isInDoubt(SQLException e) {
        return false;
    }

    @Override
    public TokenException translate(SQLException e) {
        return SqliteErrors.translate(database, e);
    }
}
