package org.symbolon.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.symbolon.tests.contract.DataObjects.data;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.symbolon.Change;
import org.symbolon.ChangeSubscription;
import org.symbolon.KeyPairObject;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectId;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;

/** The feed of changes: heard in this process before the call returns, from elsewhere within the stated delay. */
abstract class ChangeFeedContract extends Contract {
    private static final Duration SLACK = Duration.ofSeconds(5);

    ChangeFeedContract(Supplier<? extends TokenFixture> fixtures) {
        super(fixtures);
    }

    @Test
    void changes_ofOneObjectsLife_areHeardBeforeEachCallReturns() throws TokenException {
        List<Change> heard = new CopyOnWriteArrayList<>();
        try (ChangeSubscription subscription = token().changes(heard::add)) {
            assertThat(subscription).isNotNull();
            TokenObject object = session().create(data(unique("life")));
            assertHeard(heard, Change.Kind.CREATED, object.id());
            heard.clear();
            session().setAttributes(object, Template.label(unique("life")));
            assertHeard(heard, Change.Kind.MODIFIED, object.id());
            heard.clear();
            session().destroy(object);
            assertHeard(heard, Change.Kind.DESTROYED, object.id());
        }
    }

    @Test
    void changes_ofAKeyPair_tellOfBothHalves() throws TokenException {
        List<Change> heard = new CopyOnWriteArrayList<>();
        try (ChangeSubscription subscription = token().changes(heard::add)) {
            assertThat(subscription).isNotNull();
            KeyPairObject pair = p256(session(), Template.label(unique("pair")));

            assertHeard(heard, Change.Kind.CREATED, pair.publicKey().id());
            assertHeard(heard, Change.Kind.CREATED, pair.privateKey().id());
        }
    }

    @Test
    void changes_byAnotherSession_areHeard() throws TokenException {
        List<Change> heard = new CopyOnWriteArrayList<>();
        try (ChangeSubscription subscription = token().changes(heard::add);
                Session other = user(module().token("Contract"))) {
            assertThat(subscription).isNotNull();
            TokenObject object = other.create(data(unique("other")));

            assertHeard(heard, Change.Kind.CREATED, object.id());
        }
    }

    @Test
    void changes_afterTheSubscriptionIsClosed_areNotHeard() throws TokenException {
        List<Change> heard = new CopyOnWriteArrayList<>();
        ChangeSubscription subscription = token().changes(heard::add);
        subscription.close();
        subscription.close();

        session().create(data(unique("unheard")));

        assertThat(heard).isEmpty();
    }

    @Test
    void changes_ofAnotherToken_areNotHeard() throws TokenException {
        Token other = newToken(unique("Other"));
        List<Change> heard = new CopyOnWriteArrayList<>();
        try (ChangeSubscription subscription = other.changes(heard::add)) {
            assertThat(subscription).isNotNull();
            TokenObject object = session().create(data(unique("elsewhere")));

            assertThat(heard)
                    .noneMatch(change ->
                            change.object().filter(object.id()::equals).isPresent());
        }
    }

    @Test
    void changes_withAListenerThatThrows_reachTheOthersAndHarmNobody() throws TokenException {
        List<Change> heard = new CopyOnWriteArrayList<>();
        try (ChangeSubscription bad = token().changes(change -> {
                    throw new IllegalStateException("a listener of bad manners");
                });
                ChangeSubscription good = token().changes(heard::add)) {
            assertThat(bad).isNotEqualTo(good);
            TokenObject object = session().create(data(unique("manners")));

            assertHeard(heard, Change.Kind.CREATED, object.id());
            assertThat(session().findAll(object.id().toQuery())).hasSize(1);
        }
    }

    @Test
    void changes_throughAnotherModule_areHeardWithinTheDelay() throws TokenException {
        List<Change> heard = new CopyOnWriteArrayList<>();
        String label = unique("module");
        try (TokenModule elsewhere = fixture().open(ModuleOptions.ofDefaults());
                Session writer = user(elsewhere.token("Contract"));
                ChangeSubscription subscription = token().changes(heard::add)) {
            assertThat(subscription).isNotNull();
            TokenObject object = writer.create(data(label));

            Awaitility.await()
                    .atMost(token().changeDelay().plus(SLACK))
                    .untilAsserted(() -> assertHeard(heard, Change.Kind.CREATED, object.id()));
            assertThat(session().findAll(ObjectQuery.all().label(label))).hasSize(1);
        }
    }

    @Test
    void changeDelay_isShort() {
        assertThat(token().changeDelay()).isBetween(Duration.ZERO, Duration.ofSeconds(2));
    }

    private static void assertHeard(List<Change> heard, Change.Kind kind, ObjectId id) {
        assertThat(heard)
                .as("the change itself, or that anything may have changed")
                .anyMatch(change -> change.equals(Change.of(kind, id)) || change.equals(Change.any()));
    }
}
