package org.symbolon.soft;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database as somebody sees it who has the file and an SQL tool. */
final class RawDatabase implements AutoCloseable {
    private final Connection connection;

    RawDatabase(Path database) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        connection.createStatement().execute("PRAGMA busy_timeout = 10000");
        connection.createStatement().execute("PRAGMA synchronous = OFF");
    }

    /** A row's columns by name, as it was read. */
    Map<String, Object> read(String table, String where) throws SQLException {
        return readAll(table, where).get(0);
    }

    List<Map<String, Object>> readAll(String table, String where) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (ResultSet result =
                connection.createStatement().executeQuery("SELECT * FROM " + table + " WHERE " + where)) {
            while (result.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.put(result.getMetaData().getColumnName(i), result.getObject(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    void insert(String table, Map<String, Object> row) throws SQLException {
        String columns = String.join(", ", row.keySet());
        String marks = "?, ".repeat(row.size() - 1) + "?";
        run(
                "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")",
                row.values().toArray());
    }

    /** Replaces all rows of a condition by one. */
    void replace(String table, String where, Map<String, Object> row) throws SQLException {
        run("DELETE FROM " + table + " WHERE " + where);
        insert(table, row);
    }

    void run(String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.execute();
        }
    }

    /** Every row that differs from this one by one bit of each byte in turn, of each column. */
    static List<Map<String, Object>> mutations(Map<String, Object> row) {
        List<Map<String, Object>> mutations = new ArrayList<>();
        row.forEach((column, value) -> {
            if (value instanceof byte[] bytes) {
                for (int i = 0; i < bytes.length; i++) {
                    byte[] flipped = bytes.clone();
                    flipped[i] ^= (byte) (1 << (i % 8));
                    mutations.add(with(row, column, flipped));
                }
                if (bytes.length > 0) {
                    mutations.add(with(row, column, java.util.Arrays.copyOf(bytes, bytes.length - 1)));
                }
                mutations.add(with(row, column, java.util.Arrays.copyOf(bytes, bytes.length + 1)));
            } else if (value instanceof Number number) {
                for (int bit = 0; bit < Long.SIZE; bit += 8) {
                    mutations.add(with(row, column, number.longValue() ^ (1L << bit)));
                }
            } else if (value instanceof String text) {
                mutations.add(with(row, column, text + "x"));
            }
        });
        return mutations;
    }

    private static Map<String, Object> with(Map<String, Object> row, String column, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(row);
        copy.put(column, value);
        return copy;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
