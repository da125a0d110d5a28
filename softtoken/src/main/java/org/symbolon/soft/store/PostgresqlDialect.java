package org.symbolon.soft.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;

/** PostgreSQL. Whoever writes a token holds the lock of its row; who makes one, an advisory lock. */
final class PostgresqlDialect implements Dialect {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresqlDialect.class);

    private static final String LOCK = "SELECT slot FROM token WHERE slot = ? FOR UPDATE";
    private static final String LOCK_EMPTY_SLOTS =
            "SELECT CAST(pg_advisory_xact_lock(hashtext('symbolon new token ' || current_schema())) AS text)";
    private static final String NOW = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)";
    private static final String READ_COMMITTED = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";

    private final String database;
    private final PostgresqlAnnouncements announcements;

    PostgresqlDialect(String database, PostgresqlAnnouncements announcements) {
        this.database = database;
        this.announcements = announcements;
    }

    @Override
    public void beginRead(Sql sql) throws TokenException {
        begin(sql);
        ask(sql, "", List.of());
    }

    @Override
    public void beginWrite(Sql sql, long slot) throws TokenException {
        begin(sql);
        List<Long> locked = new ArrayList<>();
        ask(sql, READ_COMMITTED, List.of(new Flight.Part(LOCK, List.of(slot), row -> locked.add(row.getLong(1)))));
        if (locked.isEmpty()) {
            sql.query(LOCK_EMPTY_SLOTS, row -> true);
            sql.query(LOCK, row -> true, slot);
        }
    }

    /** Begins a transaction that sees what others committed before each statement, whatever the schema. */
    void beginMigration(Sql sql) {
        begin(sql);
        sql.execute(READ_COMMITTED);
    }

    private static void begin(Sql sql) {
        sql.started();
        autoCommit(sql, false);
    }

    private static void autoCommit(Sql sql, boolean on) {
        try {
            sql.connection().setAutoCommit(on);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public void finish(Sql sql) {
        announcements.send(sql);
        sql.flush();
    }

    @Override
    public void commit(Sql sql) {
        sql.flush();
        try {
            sql.connection().commit();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
        announcements.sent(sql);
    }

    @Override
    public void rollback(Sql sql) {
        try {
            if (!sql.connection().isClosed() && !sql.connection().getAutoCommit()) {
                sql.connection().rollback();
            }
        } catch (SQLException e) {
            // The connection is lost, and with it the transaction; the first failure is the one to tell.
            LOG.debug("rollback: {}", e.getMessage());
        }
    }

    @Override
    public boolean flies() {
        return true;
    }

    @Override
    public void fly(Sql sql, Flight flight) throws TokenException {
        autoCommit(sql, true);
        ask(sql, "", flight.parts());
    }

    /** Asks for the schema's version and whatever else, in one round trip. */
    private void ask(Sql sql, String prefix, List<Flight.Part> parts) throws TokenException {
        StringBuilder text =
                new StringBuilder(prefix.isEmpty() ? "" : prefix + "; ").append(PostgresqlSchema.SELECT_VERSION);
        List<Object> arguments = new ArrayList<>();
        for (Flight.Part part : parts) {
            text.append("; ").append(part.text());
            arguments.addAll(part.arguments());
        }
        try {
            PreparedStatement statement = sql.bind(text.toString(), arguments.toArray());
            boolean isRows = statement.execute();
            if (!prefix.isEmpty()) {
                isRows = statement.getMoreResults();
            }
            List<Long> versions = new ArrayList<>();
            read(statement, isRows, row -> versions.add(row.getLong(1)));
            PostgresqlSchema.check(versions.stream().findFirst(), database);
            for (Flight.Part part : parts) {
                read(statement, statement.getMoreResults(), part.reader());
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static void read(PreparedStatement statement, boolean isRows, Flight.RowReader reader) throws SQLException {
        if (!isRows) {
            throw new SQLException("a query was answered without rows");
        }
        try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    @Override
    public long now(Sql sql, Clock clock) {
        return sql.query(NOW, row -> row.getLong(1)).get(0);
    }

    @Override
    public String isUid(String column) {
        return "octet_length(" + column + ") = 16";
    }

    @Override
    public String bounded(String column) {
        return "CASE WHEN octet_length(" + column + ") <= " + ObjectTable.MAX_BYTES + " THEN " + column + " END";
    }

    @Override
    public String prefix(String column) {
        return "CAST(get_byte(" + column + ", 0) * 256 + get_byte(" + column + ", 1) AS BIGINT)";
    }

    @Override
    public String orderedJoin() {
        return "JOIN";
    }

    @Override
    public boolean isRetryable(SQLException e) {
        return PostgresqlErrors.isRetryable(e);
    }

    @Override
    public boolean isInDoubt(SQLException e) {
        return PostgresqlErrors.isConnectionLost(e);
    }

    @Override
    public TokenException translate(SQLException e) {
        return PostgresqlErrors.translate(database, e);
    }
}
