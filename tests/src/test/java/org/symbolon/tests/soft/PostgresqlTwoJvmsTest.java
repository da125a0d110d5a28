package org.symbolon.tests.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.symbolon.Change;
import org.symbolon.ChangeSubscription;
import org.symbolon.Mechanism;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.soft.Postgresql;
import org.symbolon.tests.SoftTokens;

/** Two JVMs write one token in PostgreSQL, and each hears of the other. */
class PostgresqlTwoJvmsTest {
    private static final String LABEL = "Two";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void write_inEitherJvm_isHeardInTheOther() throws Exception {
        PostgresqlCluster server = PostgresqlCluster.shared();
        Postgresql database = server.newDatabase();
        String text = database.toString();
        String schema = text.substring(text.indexOf("schema=") + "schema=".length());
        List<Change> heard = new CopyOnWriteArrayList<>();
        try (TokenModule module = PostgresqlNodesTest.open(database, PATIENCE);
                Session session = SoftTokens.newSession(module, LABEL);
                ChangeSubscription feed = module.token(LABEL).changes(heard::add)) {
            assertThat(feed).isNotNull();
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            PostgresqlOtherJvm.class.getName(),
                            String.valueOf(server.port()),
                            schema,
                            server.passwordFile().toString(),
                            LABEL)
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(said.lines().filter(PostgresqlOtherJvm.READY::equals).findFirst())
                        .isPresent();
                heard.clear();

                session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label(PostgresqlOtherJvm.CALL));

                await().atMost(PATIENCE)
                        .until(() -> session.findOne(ObjectQuery.all().label(PostgresqlOtherJvm.ANSWER))
                                .isPresent());
                for (int i = 0; i < PostgresqlOtherJvm.WRITES; i++) {
                    session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("ours"));
                }
                String rest = String.join("\n", said.lines().toList());
                assertThat(other.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(other.exitValue()).as(rest).isZero();
                TokenObject answer = session.findOne(ObjectQuery.all().label(PostgresqlOtherJvm.ANSWER))
                        .orElseThrow();
                await().atMost(PATIENCE)
                        .until(() -> heard.stream()
                                .anyMatch(change -> change.object().equals(java.util.Optional.of(answer.id()))
                                        || change.equals(Change.any())));
                for (String label : List.of("ours", "theirs")) {
                    assertThat(session.findAll(ObjectQuery.all().label(label)))
                            .hasSize(PostgresqlOtherJvm.WRITES)
                            .allMatch(TokenObject::verified);
                }
            } finally {
                other.destroyForcibly();
            }
        }
    }
}
