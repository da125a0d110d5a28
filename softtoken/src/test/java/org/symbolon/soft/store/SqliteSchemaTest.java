package org.symbolon.soft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Deadline;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.SoftModule;

/** The migrator, with a second version that there is not yet. */
class SqliteSchemaTest {
    @TempDir
    Path folder;

    private Path database = Path.of("");

    @BeforeEach
    void copyDatabaseOfVersion1() throws Exception {
        database = folder.resolve("v1.db");
        try (InputStream in = Objects.requireNonNull(SoftModule.class.getResourceAsStream("v1.db"))) {
            Files.copy(in, database);
        }
    }

    private static SqliteSchema withSecond(String second) {
        List<String> files = new ArrayList<>(SchemaFiles.SHIPPED.files());
        files.add(second);
        return new SqliteSchema(new SchemaFiles(files));
    }

    @Test
    void migrate_fromTheVersionBefore_runsWhatIsNewAndKeepsTheRest() throws Exception {
        SqliteSchema schema = withSecond("CREATE TABLE note (\n  text TEXT NOT NULL\n);\n");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            Sql sql = new Sql(connection, new SqliteDialect("v1.db"));
            schema.migrate(sql, "v1.db");
            schema.migrate(sql, "v1.db");
            schema.require(sql, "v1.db");

            assertThat(number(sql, "SELECT count(*) FROM object")).isEqualTo(9);
            assertThat(number(sql, "SELECT count(*) FROM note")).isZero();
            assertThat(number(sql, "PRAGMA user_version")).isEqualTo(2);
        }
        assertThatThrownBy(() -> Database.open(DatabaseLocation.file(database), Deadline.after(Duration.ofSeconds(10))))
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("newer Symbolon");
    }

    @Test
    void migrate_thatFailsInTheMiddle_leavesTheVersionBefore() throws Exception {
        SqliteSchema schema = withSecond("CREATE TABLE note (\n  text TEXT NOT NULL\n);\nCREATE TABLE object (x);\n");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            Sql sql = new Sql(connection, new SqliteDialect("v1.db"));
            assertThatThrownBy(() -> schema.migrate(sql, "v1.db")).isInstanceOf(SqlFailure.class);
        }
        Database.open(DatabaseLocation.file(database), Deadline.after(Duration.ofSeconds(10)))
                .close();
    }

    private static long number(Sql sql, String query) {
        return sql.query(query, row -> row.getLong(1)).get(0);
    }
}
