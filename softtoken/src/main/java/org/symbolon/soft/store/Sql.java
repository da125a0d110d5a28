package org.symbolon.soft.store;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.TokenException;

/** A database connection within a transaction, with its prepared statements. Used by one thread at a time. */
public final class Sql {
    private final Connection connection;
    private final Dialect dialect;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<Object, String> texts = new HashMap<>();
    private final Map<Long, EpochChange> changes = new HashMap<>();
    private final PendingWrites pending = new PendingWrites();
    private @Nullable Flight flight;
    private long checkedSchema = -1;
    private long startedNanos;
    private boolean begun;
    private volatile boolean brokenOff;

    Sql(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    Connection connection() {
        return connection;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Notes that the connection was closed because its callers wait no longer. */
    void breakOff() {
        brokenOff = true;
    }

    boolean isBrokenOff() {
        return brokenOff;
    }

    /** Notes that a transaction begins. */
    void started() {
        startedNanos = System.nanoTime();
        changes.clear();
        pending.clear();
        flight = null;
    }

    /**
     * Returns when the transaction began.
     *
     * @return a time of {@link System#nanoTime()}: the transaction sees all that was committed before
     */
    public long startedNanos() {
        return startedNanos;
    }

    /**
     * Returns the time by which what several machines share is compared.
     *
     * @param clock the clock of this machine, for a database that no other reaches
     * @return the time in milliseconds since 1970
     */
    public long now(Clock clock) {
        return dialect.now(this, clock);
    }

    /** Notes whether there is a transaction to end. */
    void setBegun(boolean now) {
        begun = now;
    }

    boolean isBegun() {
        return begun;
    }

    /** Does a work whose queries were foreseen, in one round trip. */
    <T> T fly(Flight foreseen, Database.Work<T> work) throws TokenException {
        started();
        dialect.fly(this, foreseen);
        flight = foreseen;
        try {
            return work.run(this);
        } finally {
            flight = null;
        }
    }

    /**
     * What a transaction did to a token.
     *
     * @param first the epoch of its first change
     * @param last the epoch of its last change
     */
    record EpochChange(long first, long last) {}

    /** Notes that the transaction changes the token in a slot, which others are told of. */
    void changed(long slot, long epoch) {
        changes.merge(
                slot, new EpochChange(epoch, epoch), (before, now) -> new EpochChange(before.first(), now.last()));
    }

    /**
     * Returns whether the transaction has changed a token, which may still be rolled back.
     *
     * @param slot the token's slot
     * @return whether it has
     */
    public boolean hasChanged(long slot) {
        return changes.containsKey(slot);
    }

    /** Returns what the transaction changed, by slot. */
    Map<Long, EpochChange> changes() {
        return changes;
    }

    /** Returns whether the schema of this version was checked in this connection. */
    boolean isChecked(long schemaVersion) {
        return checkedSchema == schemaVersion;
    }

    void setChecked(long schemaVersion) {
        checkedSchema = schemaVersion;
    }

    /** Reads one row, by the positions of its columns: some drivers look each name up anew. */
    @FunctionalInterface
    interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** Returns a text in the words of the database, which is made once for each shape. */
    String text(Object shape, Function<Dialect, String> maker) {
        return texts.computeIfAbsent(shape, unknown -> maker.apply(dialect));
    }

    <T> List<T> query(String sql, Mapper<T> mapper, @Nullable Object... arguments) {
        if (flight != null) {
            return flight.answerTo(sql, arguments);
        }
        flush();
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(mapper.map(rows));
            }
            return result;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    <T> Optional<T> queryOne(String sql, Mapper<T> mapper, @Nullable Object... arguments) {
        List<T> rows = query(sql, mapper, arguments);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }

    /** Writes any number of rows, at the latest before the next question. */
    void update(String sql, @Nullable Object... arguments) {
        write(PendingWrites.PendingWrite.of(sql, false, arguments));
    }

    /**
     * Writes exactly one row, at the latest before the next question: with any other count, the table is not what it seems.
     */
    void updateOne(String sql, @Nullable Object... arguments) {
        write(PendingWrites.PendingWrite.of(sql, true, arguments));
    }

    /** A database on a journey gets writes together, since each would be a round trip. */
    private void write(PendingWrites.PendingWrite write) {
        if (dialect.flies()) {
            if (pending.add(write)) {
                flush();
            }
            return;
        }
        try {
            write.check(bind(write.text(), write.arguments().toArray()).executeUpdate());
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Sends the writes that wait. */
    void flush() {
        try {
            pending.send(this::bind, this::bindOnce);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    void execute(String sql) {
        flush();
        try {
            bind(sql).execute();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Returns a statement with its arguments, which is kept for the next time. */
    PreparedStatement bind(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return with(statement, arguments);
    }

    /** Returns a statement with its arguments, which the caller closes. */
    private PreparedStatement bindOnce(String sql, @Nullable Object... arguments) throws SQLException {
        return with(connection.prepareStatement(sql), arguments);
    }

    private static PreparedStatement with(PreparedStatement statement, @Nullable Object... arguments)
            throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            statement.setObject(i + 1, column(argument));
        }
        return statement;
    }

    private static @Nullable Object column(@Nullable Object argument) {
        if (argument instanceof UUID uuid) {
            return bytes(uuid);
        }
        return argument instanceof Bytes bytes ? bytes.sharedArray() : argument;
    }

    void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    static byte[] bytes(UUID uuid) {
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    /** Returns the bytes of a column, none if it is null. */
    static Bytes blob(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? Bytes.empty() : Bytes.wrap(bytes);
    }

    /** Returns the uuid of a column; bytes of another length make one that names nothing. */
    static UUID uuid(ResultSet row, int column) throws SQLException {
        byte[] bytes = blob(row, column).sharedArray();
        if (bytes.length != 16) {
            return new UUID(0, 0);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
