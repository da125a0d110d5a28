package org.symbolon.tests.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Change;
import org.symbolon.KeyPairObject;
import org.symbolon.LiveToken;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.Outcome;
import org.symbolon.Pin;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.SessionSource;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.TokenUnavailableException;
import org.symbolon.jca.SymbolonProvider;
import org.symbolon.key.KeyImport;
import org.symbolon.key.PublicKeys;
import org.symbolon.spi.Request;
import org.symbolon.tests.SoftTokens;

class LiveTokenTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    @TempDir
    Path directory;

    private final Faults faults = new Faults();
    private final AtomicReference<Pin> pin = new AtomicReference<>(SoftTokens.PIN);
    private LiveToken token;
    private Session session;
    private KeyPairObject key;

    @BeforeEach
    void open() throws Exception {
        Path file = directory.resolve("team.db");
        try (TokenModule module = SoftTokens.inDatabase(file)) {
            SoftTokens.make(module, "Team");
        }
        token = LiveToken.of(new SessionSource() {
            @Override
            public Token openToken() throws TokenException {
                return FaultyModule.open("soft:sqlite:" + file, faults).token("Team");
            }

            @Override
            public Login login() {
                return Login.user(Objects.requireNonNull(pin.get()).copy());
            }
        });
        session = token.open();
        key = session.generateKeyPair(
                Mechanism.EC_KEY_PAIR_GEN.curve("P-256"),
                Template.label("deploy").id(Bytes.ofHex("07")));
    }

    @AfterEach
    void close() {
        token.close();
        await().untilAsserted(() -> assertThat(faults.modulesOpen).hasValue(0));
        await().untilAsserted(() -> assertThat(faults.sessionsOpen).hasValue(0));
    }

    private void assertSigns(Session by) throws Exception {
        byte[] signature = by.sign(key.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE);
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(PublicKeys.of(key.publicKey()));
        verifier.update(MESSAGE);
        assertThat(verifier.verify(signature)).isTrue();
    }

    private void assertAnswersTogether() {
        List<Outcome<?>> outcomes = session.performAll(List.of(
                new Request.Sign(key.privateKey(), Mechanism.ECDSA_SHA256, Bytes.wrap(MESSAGE)),
                new Request.GenerateRandom(8)));
        assertThat(outcomes).hasSize(2).allMatch(outcome -> outcome.failure() == null);
    }

    @Test
    void sign_afterTheSessionsWereKilled_logsInAgain() throws Exception {
        faults.killSessions();
        assertSigns(session);
        assertThat(faults.logins).hasValue(2);
        assertSigns(session);
        assertThat(faults.logins).hasValue(2);
    }

    @Test
    void sign_afterTheConnectionWasLost_opensTheTokenAgain() throws Exception {
        faults.unplug();
        assertSigns(session);
        await().untilAsserted(() -> assertThat(faults.modulesOpen).hasValue(1));
    }

    @Test
    void sign_whileTheServerIsDown_failsAndLaterWorks() throws Exception {
        faults.down(true);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> assertSigns(session))
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("CKR_DEVICE_REMOVED: nobody answers");
        }
        faults.down(false);
        assertSigns(session);
    }

    @Test
    void performAll_afterTheSessionsWereKilled_answersEverything() throws Exception {
        faults.killSessions();
        assertAnswersTogether();
        assertThat(faults.logins).hasValue(2);
    }

    @Test
    void performAll_withAnObjectThatIsGone_keepsTheSession() throws Exception {
        PrivateKeyObject gone = importKey(KeyPairGenerator.getInstance("EC").generateKeyPair());
        destroyAll();

        List<Outcome<?>> outcomes = session.performAll(List.of(
                new Request.Sign(gone, Mechanism.ECDSA_SHA256, Bytes.wrap(MESSAGE)), new Request.GenerateRandom(8)));

        assertThat(outcomes.get(0).failure()).isInstanceOf(ObjectNotFoundException.class);
        assertThat(outcomes.get(1).failure()).isNull();
        assertSigns(session);
        assertThat(faults.logins).as("nothing was wrong with the session").hasValue(1);
    }

    @Test
    void create_whoseAnswerWasLost_isReportedAndNotRepeated() throws Exception {
        faults.loseAnswers(true);
        assertThatThrownBy(
                        () -> session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("once")))
                .isInstanceOf(TokenUnavailableException.class);
        faults.loseAnswers(false);
        assertThat(session.findAll(ObjectQuery.privateKeys().label("once"))).hasSize(1);
    }

    @Test
    void create_thatTheTokenRefusedBeforeItBegan_isRepeated() throws Exception {
        faults.killSessions();
        session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("once"));
        assertThat(session.findAll(ObjectQuery.privateKeys().label("once"))).hasSize(1);
    }

    @Test
    void refusedPin_byManyThreads_isTriedOnceUntilThereIsAnother() throws Exception {
        Pin other = Pin.of("another pin of the tests".toCharArray());
        session.setPin(SoftTokens.PIN, other);
        int loginsBefore = faults.logins.get();
        faults.killSessions();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                calls.add(threads.submit(() -> assertThatThrownBy(() -> assertSigns(session))
                        .isInstanceOf(TokenAuthenticationException.class)
                        .hasMessageContaining("CKR_PIN_INCORRECT")));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(faults.logins).hasValue(loginsBefore + 1);
        assertThatThrownBy(() -> assertSigns(session)).hasMessageContaining("is not tried again");

        pin.set(other);
        assertSigns(session);
    }

    @Test
    void refusedPin_ofManySessions_isTriedOnce() throws Exception {
        Pin other = Pin.of("another pin of the tests".toCharArray());
        List<Session> sessions = new ArrayList<>(List.of(token.open()));
        for (int i = 0; i < 3; i++) {
            sessions.add(token.token().open(Login.user(SoftTokens.PIN)));
        }
        session.setPin(SoftTokens.PIN, other);
        int loginsBefore = faults.logins.get();
        faults.killSessions();
        for (Session each : sessions) {
            assertThatThrownBy(() -> assertSigns(each)).hasMessageContaining("CKR_PIN_INCORRECT");
        }
        assertThatThrownBy(token::open).hasMessageContaining("is not tried again");
        assertThat(faults.logins).hasValue(loginsBefore + 1);

        token.token().open(Login.user(other)).close();
        assertSigns(sessions.get(1));
        sessions.forEach(Session::close);
    }

    @Test
    void refusedPin_ofASessionThatKeepsIt_isReplacedByOneThatTheTokenAccepts() throws Exception {
        Pin other = Pin.of("another pin of the tests".toCharArray());
        try (Session keeping = token.token().open(Login.user(SoftTokens.PIN))) {
            keeping.setPin(SoftTokens.PIN, other);
            faults.killSessions();
            assertThatThrownBy(() -> assertSigns(keeping)).isInstanceOf(TokenAuthenticationException.class);
            token.token().open(Login.user(other)).close();
            assertSigns(keeping);
        }
    }

    @Test
    void loggedInSession_afterItsParentWasClosed_isOpenedAgainByItself() throws Exception {
        Session user;
        try (Session open = token.token().open(Login.none())) {
            user = open.login(Login.user(SoftTokens.PIN));
            faults.unplug();
            assertSigns(user);
        }
        try (user) {
            faults.unplug();
            assertSigns(user);
        }
    }

    @Test
    void key_thatWasRestoredUnderANewId_isFoundAgain() throws Exception {
        KeyPair restored = KeyPairGenerator.getInstance("EC").generateKeyPair();
        PrivateKeyObject held = importKey(restored);
        destroyAll();
        importKey(restored);

        byte[] signature = session.sign(held, Mechanism.ECDSA_SHA256, MESSAGE);
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(restored.getPublic());
        verifier.update(MESSAGE);
        assertThat(verifier.verify(signature)).isTrue();
    }

    @Test
    void key_inWhosePlaceIsAnother_isNotFound() throws Exception {
        PrivateKeyObject held = importKey(KeyPairGenerator.getInstance("EC").generateKeyPair());
        destroyAll();
        importKey(KeyPairGenerator.getInstance("EC").generateKeyPair());
        assertThatThrownBy(() -> session.sign(held, Mechanism.ECDSA_SHA256, MESSAGE))
                .isInstanceOf(ObjectNotFoundException.class);
    }

    private PrivateKeyObject importKey(KeyPair pair) throws TokenException {
        return KeyImport.keyPair(
                        session,
                        pair,
                        Template.label("restored").id(Bytes.ofHex("09")).onToken(),
                        Template.empty())
                .privateKey();
    }

    private void destroyAll() throws TokenException {
        for (TokenObject object :
                session.findAll(ObjectQuery.all().label("restored").with(Attribute.TOKEN, true))) {
            session.destroy(object);
        }
    }

    @Test
    void changes_afterTheTokenWasOpenedAgain_areHeardOf() throws Exception {
        ConcurrentLinkedQueue<Change.Kind> heard = new ConcurrentLinkedQueue<>();
        session.token().changes(change -> heard.add(change.kind()));
        faults.unplug();
        assertSigns(session);
        assertThat(heard).contains(Change.Kind.ANY);
        heard.clear();
        session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("new"));
        assertThat(heard).isNotEmpty();
    }

    @Test
    void token_afterTheConnectionWasLost_tellsItsMechanisms() throws Exception {
        faults.unplug();
        assertThat(session.token().mechanisms()).isNotEmpty();
        assertThat(session.token().info().label()).isEqualTo("Team");
    }

    @Test
    void keyOfAKeyStore_afterTheConnectionWasLost_signs() throws Exception {
        SymbolonProvider provider = SymbolonProvider.of(session);
        KeyStore store = KeyStore.getInstance(SymbolonProvider.NAME, provider);
        store.load(null, null);
        PrivateKey held = (PrivateKey) store.getKey("deploy", null);
        Signature signer = Signature.getInstance("SHA256withECDSA", provider);
        signer.initSign(held);

        faults.unplug();
        signer.update(MESSAGE);
        byte[] signature = signer.sign();

        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(PublicKeys.of(key.publicKey()));
        verifier.update(MESSAGE);
        assertThat(verifier.verify(signature)).isTrue();
        faults.killSessions();
        session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("new"));
        assertThat(Collections.list(store.aliases())).containsExactly("deploy", "new");
        provider.close();
    }

    @Test
    void closedSession_staysClosed() {
        session.close();
        faults.unplug();
        assertThatThrownBy(() -> assertSigns(session)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void manyThreads_whileSessionsAndConnectionsAreLost_allSign() throws Exception {
        AtomicInteger signed = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> signers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                signers.add(threads.submit(() -> {
                    while (signed.get() < 1200) {
                        assertSigns(session);
                        signed.incrementAndGet();
                    }
                    return null;
                }));
            }
            for (int mark = 100; mark < 1200; mark += 100) {
                int reached = mark;
                await().until(() -> signed.get() >= reached || signers.stream().anyMatch(Future::isDone));
                if (mark % 200 == 0) {
                    faults.unplug();
                } else {
                    faults.killSessions();
                }
            }
            for (Future<?> signer : signers) {
                signer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        await().untilAsserted(() -> assertThat(faults.modulesOpen).hasValue(1));
        await().untilAsserted(() -> assertThat(faults.sessionsOpen).hasValue(1));
    }
}
