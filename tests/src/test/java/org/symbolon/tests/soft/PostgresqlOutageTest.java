package org.symbolon.tests.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.symbolon.Change;
import org.symbolon.ChangeSubscription;
import org.symbolon.Mechanism;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.TokenUnavailableException;
import org.symbolon.tests.SoftTokens;

/** A PostgreSQL server that goes and comes back. */
class PostgresqlOutageTest {
    private static final Duration OUTAGE = Duration.ofSeconds(10);

    @Test
    void use_whileTheServerIsGoneForTenSeconds_failsClearlyAndWorksAgainByItself() throws Exception {
        PostgresqlCluster server = PostgresqlCluster.create();
        List<Change> heard = new CopyOnWriteArrayList<>();
        try (TokenModule module = PostgresqlNodesTest.open(server.newDatabase(), Duration.ofSeconds(60));
                Session session = SoftTokens.newSession(module, "Durable");
                ChangeSubscription feed = module.token("Durable").changes(heard::add)) {
            assertThat(feed).isNotNull();
            session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("before"));
            Session hasty = session.within(Duration.ofMillis(700));

            server.stop();
            heard.clear();
            long end = System.nanoTime() + OUTAGE.toNanos();
            while (System.nanoTime() - end < 0) {
                assertThatThrownBy(() -> hasty.findAll(ObjectQuery.all()))
                        .isInstanceOf(TokenUnavailableException.class);
                assertThatThrownBy(() -> hasty.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("lost")))
                        .isInstanceOf(TokenUnavailableException.class);
            }
            assertThat(heard)
                    .as("what is remembered is dropped while nobody can tell")
                    .contains(Change.any());
            server.start();

            session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("after"));
            assertThat(session.findAll(ObjectQuery.all()))
                    .extracting(TokenObject::label)
                    .containsExactlyInAnyOrder("before", "after");
        } finally {
            server.stop();
        }
    }

    @Test
    void use_afterAllConnectionsWereKilled_goesOn() throws Exception {
        PostgresqlCluster server = PostgresqlCluster.shared();
        List<Change> heard = new CopyOnWriteArrayList<>();
        try (TokenModule module = PostgresqlNodesTest.open(server.newDatabase(), Duration.ofSeconds(60));
                Session session = SoftTokens.newSession(module, "Cut off");
                ChangeSubscription feed = module.token("Cut off").changes(heard::add)) {
            assertThat(feed).isNotNull();
            await().atMost(Duration.ofSeconds(20)).until(() -> !heard.isEmpty());
            for (int i = 0; i < 5; i++) {
                session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("k" + i));
                heard.clear();
                server.killConnections();
                assertThat(session.findAll(ObjectQuery.all())).hasSize(i + 1);
                await().atMost(Duration.ofSeconds(20)).until(() -> heard.contains(Change.any()));
                server.killConnections();
            }
        }
    }
}
