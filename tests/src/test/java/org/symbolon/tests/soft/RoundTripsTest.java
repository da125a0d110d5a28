package org.symbolon.tests.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.soft.Postgresql;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.tests.SoftTokens;

/** How often a find or a write goes to the PostgreSQL server and back. */
class RoundTripsTest {
    private static final int FINDS = 20;
    private static final int WRITES = 10;

    /**
     * The lock, the token's record, the nodes of the manifest, everything that is written, commit; and BEGIN, which the
     * counter counts though the driver sends it with the lock.
     */
    private static final int MAX_FOR_A_WRITE = 6;

    @Test
    void generateKeyPair_afterAChangeElsewhere_isFiveRoundTripsAndBegin() throws Exception {
        PostgresqlCluster cluster = PostgresqlCluster.shared();
        Postgresql direct = cluster.newDatabase();
        String schema = direct.toString().substring(direct.toString().indexOf("schema=") + "schema=".length());
        try (RoundTripCounter counter = new RoundTripCounter(cluster.port());
                TokenModule other = PostgresqlNodesTest.open(direct, Duration.ofSeconds(60));
                TokenModule writer =
                        PostgresqlNodesTest.open(cluster.database(schema, counter.port()), Duration.ofSeconds(60))) {
            try (Session there = SoftTokens.newSession(other, "Far");
                    Session here = writer.token("Far").open(Login.user(SoftTokens.PIN))) {
                here.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("first"));
                List<Long> before = counter.counts();

                for (int i = 0; i < WRITES; i++) {
                    there.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("another"));
                    here.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("k" + i));
                }

                assertThat(most(before, counter.counts())).isLessThanOrEqualTo(WRITES * MAX_FOR_A_WRITE);
                find(there, WRITES - 1);
            }
        }
    }

    @Test
    void find_byLabelOrId_isOneRoundTripEvenAfterAChangeElsewhere() throws Exception {
        PostgresqlCluster cluster = PostgresqlCluster.shared();
        Postgresql direct = cluster.newDatabase();
        String schema = direct.toString().substring(direct.toString().indexOf("schema=") + "schema=".length());
        try (RoundTripCounter counter = new RoundTripCounter(cluster.port());
                TokenModule writer = PostgresqlNodesTest.open(direct, Duration.ofSeconds(60));
                TokenModule reader =
                        PostgresqlNodesTest.open(cluster.database(schema, counter.port()), Duration.ofSeconds(60))) {
            try (Session there = SoftTokens.newSession(writer, "Far");
                    Session here = reader.token("Far").open(Login.user(SoftTokens.PIN))) {
                for (int i = 0; i < FINDS; i++) {
                    there.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("k" + i));
                }
                find(here, 0);
                List<Long> before = counter.counts();

                for (int i = 0; i < FINDS; i++) {
                    find(here, i);
                    there.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("another"));
                }

                assertThat(most(before, counter.counts())).isEqualTo(FINDS);
            }
        }
    }

    @Test
    void lookUpOfAUsersKey_isOneRoundTrip_foundOrNot() throws Exception {
        PostgresqlCluster cluster = PostgresqlCluster.shared();
        Postgresql direct = cluster.newDatabase();
        String schema = direct.toString().substring(direct.toString().indexOf("schema=") + "schema=".length());
        try (RoundTripCounter counter = new RoundTripCounter(cluster.port());
                TokenModule writer = PostgresqlNodesTest.open(direct, Duration.ofSeconds(60));
                TokenModule reader =
                        PostgresqlNodesTest.open(cluster.database(schema, counter.port()), Duration.ofSeconds(60));
                Session there = SoftTokens.newSession(writer, "Far");
                Session here = reader.token("Far").open(Login.user(SoftTokens.PIN))) {
            SshPublicKey plain = newKey();
            SshPublicKey named = newKey();
            TokenAuthorizedKeys.in(there).add("alice", plain);
            TokenAuthorizedKeys.in(there).add("alice", named, AuthorizedKeyOptions.NONE, "laptop");
            TokenAuthorizedKeys keys = TokenAuthorizedKeys.in(here);
            keys.find("alice", plain);
            List<Long> before = counter.counts();

            for (int i = 0; i < FINDS; i++) {
                assertThat(keys.find("alice", plain)).isPresent();
                assertThat(keys.find("alice", named)).isPresent();
                assertThat(keys.find("bob", plain)).isEmpty();
            }

            assertThat(most(before, counter.counts())).isEqualTo(3 * FINDS);
        }
    }

    private static SshPublicKey newKey() throws Exception {
        return SshPublicKey.parseSubjectPublicKeyInfo(
                KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic().getEncoded());
    }

    private static void find(Session session, int number) throws TokenException {
        assertThat(session.findAll(ObjectQuery.all().label("k" + number)))
                .hasSize(2)
                .allMatch(TokenObject::verified);
    }

    /** Returns the round trips on the connection that was used most: the pool may open others meanwhile. */
    private static long most(List<Long> before, List<Long> after) {
        long most = 0;
        for (int i = 0; i < after.size(); i++) {
            most = Math.max(most, after.get(i) - (i < before.size() ? before.get(i) : 0));
        }
        return most;
    }
}
