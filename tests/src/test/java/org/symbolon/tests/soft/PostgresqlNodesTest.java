package org.symbolon.tests.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Change;
import org.symbolon.ChangeSubscription;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Slot;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.TokenUnavailableException;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.Postgresql;
import org.symbolon.soft.SoftModule;
import org.symbolon.tests.SoftTokens;

/** Several nodes on one PostgreSQL database. */
class PostgresqlNodesTest {
    private static final String LABEL = "Shared";

    private final Postgresql database = PostgresqlCluster.shared().newDatabase();
    private TokenModule first;
    private TokenModule second;

    @BeforeEach
    void open() throws TokenException {
        first = open(database, Duration.ofSeconds(60));
        second = open(database.withPoolSize(3), Duration.ofSeconds(60)); // another pool, and nothing shared in memory
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    static TokenModule open(Postgresql where, Duration timeout) throws TokenException {
        return SoftModule.builder()
                .postgresql(where)
                .kdf(KdfParameters.floor())
                .options(ModuleOptions.ofDefaults().withTimeout(timeout))
                .open();
    }

    private static Session login(TokenModule module) throws TokenException {
        return module.token(LABEL).open(Login.user(SoftTokens.PIN));
    }

    @Test
    void destroy_onOneNode_isHeardOnTheOtherAndItsKeyIsRefused() throws Exception {
        SoftTokens.make(first, LABEL);
        List<Change> heard = new CopyOnWriteArrayList<>();
        try (Session here = login(first);
                Session there = login(second);
                ChangeSubscription feed = second.token(LABEL).changes(heard::add)) {
            KeyPairObject pair =
                    here.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("gone soon"));
            there.sign(there.privateKey("gone soon"), Mechanism.ECDSA_SHA256, new byte[1]);
            assertThat(feed).isNotNull();

            here.destroy(pair.privateKey());

            await().atMost(second.token(LABEL).changeDelay().plusSeconds(10))
                    .untilAsserted(() -> assertThatThrownBy(
                                    () -> there.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, new byte[1]))
                            .isInstanceOf(ObjectNotFoundException.class));
            assertThat(heard).isNotEmpty();
        }
    }

    @Test
    void changes_withoutAnAnnouncement_areHeardByTheEpoch() throws Exception {
        SoftTokens.make(first, LABEL);
        List<Change> heard = new CopyOnWriteArrayList<>();
        try (ChangeSubscription feed = second.token(LABEL).changes(heard::add)) {
            assertThat(feed).isNotNull();
            await().atMost(Duration.ofSeconds(10)).until(() -> !heard.isEmpty()); // it has begun to listen
            heard.clear();

            PostgresqlCluster.shared()
                    .execute("UPDATE " + schema() + ".token SET epoch = epoch + 1"); // nobody is notified

            await().atMost(Duration.ofSeconds(10)).until(() -> heard.contains(Change.any()));
        }
    }

    private String schema() {
        String text = database.toString();
        return text.substring(text.indexOf("schema=") + "schema=".length());
    }

    @Test
    void create_onBothNodesAtOnce_keepsEveryObject() throws Exception {
        SoftTokens.make(first, LABEL);
        int each = 15;
        List<Callable<Integer>> writers = new ArrayList<>();
        for (TokenModule node : List.of(first, second, first, second)) {
            writers.add(() -> {
                try (Session session = login(node)) {
                    for (int i = 0; i < each; i++) {
                        session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("k"));
                    }
                    return each;
                }
            });
        }

        assertThat(atOnce(writers)).containsOnly(each);
        try (Session session = login(second)) {
            assertThat(session.findAll(ObjectQuery.all())).hasSize(4 * each).allMatch(TokenObject::verified);
        }
    }

    @Test
    void initialize_onBothNodesAtOnce_makesTokensThatAreWhole() throws Exception {
        List<Slot> slots = List.of(first.emptySlot(), second.emptySlot());
        Pin soPin = Pin.of("so pin of the nodes".toCharArray());
        List<Callable<Boolean>> both = slots.stream()
                .map(slot -> (Callable<Boolean>) () -> {
                    try {
                        slot.initialize(LABEL, soPin);
                        return true;
                    } catch (TokenException e) {
                        assertThat(e.status().name()).isEqualTo("CKR_SESSION_EXISTS");
                        return false;
                    }
                })
                .toList();

        assertThat(atOnce(both)).containsExactlyInAnyOrder(true, false);
        second.token(LABEL).open(Login.securityOfficer(soPin)).close();
    }

    @Test
    void open_onManyNodesAtOnce_makesOneSchema() throws Exception {
        Postgresql fresh = PostgresqlCluster.shared().newDatabase();
        List<Callable<Integer>> nodes = IntStream.range(2, 6)
                .mapToObj(pool -> (Callable<Integer>) () -> {
                    try (TokenModule module = open(fresh.withPoolSize(pool), Duration.ofSeconds(60))) {
                        return module.tokens().size();
                    }
                })
                .toList();

        assertThat(atOnce(nodes)).containsOnly(0);
    }

    private static <T> List<T> atOnce(List<? extends Callable<T>> works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        CyclicBarrier barrier = new CyclicBarrier(works.size());
        List<Future<T>> futures = new ArrayList<>();
        for (Callable<T> work : works) {
            futures.add(threads.submit(() -> {
                barrier.await();
                return work.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        threads.shutdown();
        return results;
    }

    @Test
    void create_whileAnotherNodeHoldsTheToken_givesUpAtTheDeadlineAndAtInterruption() throws Exception {
        SoftTokens.make(first, LABEL);
        try (Session session = login(first);
                var holder = PostgresqlCluster.shared().connect();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.executeQuery("SELECT slot FROM " + schema() + ".token FOR UPDATE");
            Session hasty = session.within(Duration.ofMillis(300));

            assertThatThrownBy(() -> hasty.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("late")))
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("no answer within");
            ExecutorService threads = Executors.newSingleThreadExecutor();
            Future<?> blocked = threads.submit(
                    () -> session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("interrupted")));
            await().until(() -> waiters() > 0);
            threads.shutdownNow();
            assertThatThrownBy(blocked::get)
                    .hasCauseInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("interrupted");
            holder.rollback();

            session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("now"));
            assertThat(session.findAll(ObjectQuery.all()))
                    .extracting(TokenObject::label)
                    .containsExactly("now");
        }
    }

    private static long waiters() throws java.sql.SQLException {
        try (var connection = PostgresqlCluster.shared().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void open_schemaOfANewerVersion_isRefusedThenAndLater() throws Exception {
        SoftTokens.make(first, LABEL);
        PostgresqlCluster.shared().execute("UPDATE " + schema() + ".schema_version SET version = 2");

        assertThatThrownBy(() -> open(database.withPoolSize(4), Duration.ofSeconds(10)))
                .hasMessageContaining("newer Symbolon")
                .hasMessageContaining("version 2");
        assertThatThrownBy(() -> login(first)).hasMessageContaining("newer Symbolon");
    }

    @Test
    void open_schemaOfAnotherProgram_isRefused() throws Exception {
        PostgresqlCluster.shared().execute("CREATE SCHEMA others");
        PostgresqlCluster.shared().execute("CREATE TABLE others.history (url TEXT)");

        assertThatThrownBy(() -> open(PostgresqlCluster.shared().database("others"), Duration.ofSeconds(10)))
                .hasMessageContaining("another program");
    }

    @Test
    void open_wrongUser_saysSoAtOnce() {
        assertThatThrownBy(() -> open(database.withUser("mallory").withPoolSize(2), Duration.ofMinutes(10)))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("does not let us in");
    }
}
