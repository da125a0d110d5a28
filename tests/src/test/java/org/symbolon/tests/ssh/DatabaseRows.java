package org.symbolon.tests.ssh;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rows of a token's database, taken and put back by hand, as somebody does who has the file and no PIN. */
final class DatabaseRows {
    private final Path database;
    private final List<Row> remembered = new ArrayList<>();
    private final List<Row> inserted = new ArrayList<>();

    DatabaseRows(Path database) {
        this.database = database;
    }

    private record Row(String table, List<String> columns, List<Object> values) {}

    /** Copies all rows of some tables. */
    void remember(String... tables) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    List<String> columns = new ArrayList<>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        columns.add(rows.getMetaData().getColumnName(i));
                    }
                    while (rows.next()) {
                        List<Object> values = new ArrayList<>();
                        for (String column : columns) {
                            values.add(rows.getObject(column));
                        }
                        remembered.add(new Row(table, columns, values));
                    }
                }
            }
        }
    }

    /** Inserts those rows again that are gone, and returns how many. */
    int putBack() throws SQLException {
        try (Connection connection = open()) {
            for (Row row : remembered) {
                String marks =
                        String.join(",", Collections.nCopies(row.columns().size(), "?"));
                String sql = "INSERT OR IGNORE INTO " + row.table() + " VALUES (" + marks + ")";
                if (execute(connection, sql, row) == 1) {
                    inserted.add(row);
                }
            }
        }
        return inserted.size();
    }

    /** Deletes the rows that were put back, and returns how many. */
    int remove() throws SQLException {
        int removed = 0;
        try (Connection connection = open()) {
            for (Row row : inserted) {
                String condition = String.join(" IS ? AND ", row.columns()) + " IS ?";
                removed += execute(connection, "DELETE FROM " + row.table() + " WHERE " + condition, row);
            }
        }
        inserted.clear();
        return removed;
    }

    private static int execute(Connection connection, String sql, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < row.values().size(); i++) {
                statement.setObject(i + 1, row.values().get(i));
            }
            return statement.executeUpdate();
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + database + "?busy_timeout=10000");
    }
}
