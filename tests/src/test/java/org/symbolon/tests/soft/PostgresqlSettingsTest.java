package org.symbolon.tests.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.TokenUnavailableException;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.Postgresql;
import org.symbolon.soft.SoftBackup;
import org.symbolon.tests.SoftTokens;

/** Soft tokens in PostgreSQL as URIs and settings name them. */
class PostgresqlSettingsTest {
    @TempDir
    Path folder;

    @Test
    void copy_fromSqliteByUri_keepsEveryObject() throws Exception {
        PostgresqlCluster server = PostgresqlCluster.shared();
        String uri = "soft:postgresql://127.0.0.1:" + server.port() + "/postgres?schema=copied";
        ModuleOptions options = ModuleOptions.ofDefaults()
                .withSetting("kdf", KdfParameters.floor().toString())
                .withSetting("database-user", "symbolon")
                .withSetting("database-password", "file:" + server.passwordFile());
        Path file = folder.resolve("moving.db");
        String serialNumber;
        try (TokenModule module = SoftTokens.inDatabase(file);
                Session session = SoftTokens.newSession(module, "Moving")) {
            serialNumber = module.token("Moving").info().serialNumber();
            for (int i = 0; i < 10; i++) {
                session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("k" + i));
            }
        }
        Pin soPin = Pin.of("so pin of the copy".toCharArray());

        SoftBackup.of("soft:sqlite:" + file, ModuleOptions.ofDefaults())
                .copy(serialNumber, SoftTokens.PIN, SoftBackup.of(uri, options), soPin, SoftTokens.PIN);

        try (TokenModule module = TokenModule.open(uri, options);
                Session session = module.token("Moving").open(Login.user(SoftTokens.PIN))) {
            assertThat(session.findAll(ObjectQuery.all())).hasSize(20).allMatch(TokenObject::verified);
            session.sign(session.privateKey("k3"), Mechanism.ECDSA_SHA256, new byte[1]);
        }
    }

    @Test
    void open_byTls_checksTheCertificate() throws Exception {
        PostgresqlCluster server = PostgresqlCluster.shared();
        Path certificate = server.turnTlsOn();
        Postgresql database = server.newDatabase();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
            try (TokenModule module =
                    PostgresqlNodesTest.open(database.withTlsRoot(certificate), Duration.ofSeconds(5))) {
                assertThat(module.tokens()).isEmpty();
                assertThat(encryptedConnections()).isPositive();
            }
        });
        assertThatThrownBy(() -> PostgresqlNodesTest.open(database.withTls(true), Duration.ofSeconds(5)))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("SSL error");
    }

    private static long encryptedConnections() throws SQLException {
        try (Connection connection = PostgresqlCluster.shared().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_stat_ssl s JOIN pg_stat_activity a"
                        + " ON a.pid = s.pid WHERE s.ssl AND a.application_name = 'symbolon'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void open_malformedUriOrSetting_saysWhatIsLegal() {
        assertThatThrownBy(() -> TokenModule.open("soft:postgresql:keys")).hasMessageContaining("HOST[:PORT]/DATABASE");
        assertThatThrownBy(() -> TokenModule.open("soft:postgresql://me@localhost/keys"))
                .hasMessageContaining("database-user");
        assertThatThrownBy(() -> TokenModule.open("soft:postgresql://localhost/keys?sslmode=disable"))
                .hasMessageContaining("schema=NAME")
                .hasMessageContaining("database-tls");
        assertThatThrownBy(() -> TokenModule.open("soft:postgresql://localhost/keys?schema=A%20b"))
                .hasMessageContaining("a schema's name");
        assertThatThrownBy(() -> TokenModule.open(
                        "soft:postgresql://localhost/keys",
                        ModuleOptions.ofDefaults().withSetting("database-tls", "maybe")))
                .hasMessageContaining("verify-full or off");
        assertThatThrownBy(() -> TokenModule.open(
                        "soft:postgresql://localhost/keys",
                        ModuleOptions.ofDefaults().withSetting("database-pool", "1")))
                .hasMessageContaining("2 to 100");
    }
}
