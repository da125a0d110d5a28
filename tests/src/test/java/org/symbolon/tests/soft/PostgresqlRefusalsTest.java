package org.symbolon.tests.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenOperationException;
import org.symbolon.soft.Postgresql;
import org.symbolon.tests.SoftTokens;

/** What a PostgreSQL server refuses is told in words, and what was written before stays. */
class PostgresqlRefusalsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static void generate(Session session, String label) throws TokenException {
        session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label(label));
    }

    @Test
    void write_whereTransactionsAreReadOnly_isRefusedAsWriteProtected() throws Exception {
        PostgresqlCluster server = PostgresqlCluster.create();
        try (TokenModule module = PostgresqlNodesTest.open(server.newDatabase(), TIMEOUT);
                Session session = SoftTokens.newSession(module, "Standby")) {
            generate(session, "before");
            server.execute("ALTER ROLE symbolon SET default_transaction_read_only = on");
            server.killConnections();

            assertThatThrownBy(() -> generate(session, "refused"))
                    .isInstanceOf(TokenOperationException.class)
                    .hasMessageContaining("CKR_TOKEN_WRITE_PROTECTED")
                    .hasMessageContaining("cannot be written");
            assertThat(session.findAll(ObjectQuery.all())).hasSize(1);
            assertThatThrownBy(() -> module.token("Standby").open(Login.user(SoftTokens.PIN)))
                    .as("a login is charged before it is tried")
                    .hasMessageContaining("CKR_TOKEN_WRITE_PROTECTED");

            server.execute("BEGIN READ WRITE; ALTER ROLE symbolon RESET default_transaction_read_only; COMMIT");
            server.killConnections();
            generate(session, "after");
            assertThat(session.findAll(ObjectQuery.all())).hasSize(2);
        } finally {
            server.stop();
        }
    }

    /** The server itself says what it says of a full disk, without one. */
    @Test
    void write_whereTheServersDiskIsFull_isRefusedForWantOfRoom() throws Exception {
        PostgresqlCluster server = PostgresqlCluster.shared();
        Postgresql database = server.newDatabase();
        String text = database.toString();
        String schema = text.substring(text.indexOf("schema=") + "schema=".length());
        try (TokenModule module = PostgresqlNodesTest.open(database, TIMEOUT);
                Session session = SoftTokens.newSession(module, "Full")) {
            generate(session, "before");
            server.execute("CREATE FUNCTION " + schema + ".full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                    + " RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';"
                    + " END $$; CREATE TRIGGER full_disk BEFORE INSERT ON " + schema
                    + ".object FOR EACH ROW EXECUTE FUNCTION " + schema + ".full_disk()");

            assertThatThrownBy(() -> generate(session, "refused"))
                    .isInstanceOf(TokenOperationException.class)
                    .hasMessageContaining("CKR_DEVICE_MEMORY")
                    .hasMessageContaining("has no room left")
                    .hasMessageContaining("No space left on device");

            server.execute("DROP TRIGGER full_disk ON " + schema + ".object");
            generate(session, "after");
            assertThat(session.findAll(ObjectQuery.all())).hasSize(2);
        }
    }

    @Test
    void open_withoutTheDriver_saysWhatIsMissing() throws Exception {
        String path = Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("postgresql-"))
                .collect(Collectors.joining(java.io.File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        path,
                        Opening.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("CKR_LIBRARY_LOAD_FAILED")
                .contains("wants org.postgresql:postgresql and com.zaxxer:HikariCP on the path")
                .contains("org.postgresql.Driver is not there");
    }

    /** A program that opens a token in PostgreSQL and prints what it is told. */
    static final class Opening {
        private Opening() {}

        public static void main(String[] arguments) {
            try {
                TokenModule.open("soft:postgresql://127.0.0.1:1/nowhere").close();
            } catch (TokenException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
