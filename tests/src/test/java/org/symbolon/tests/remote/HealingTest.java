package org.symbolon.tests.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenModule;
import org.symbolon.TokenUnavailableException;
import org.symbolon.key.PublicKeys;

/** Servers that die, come back, or stay away; PINs that somebody else changed. */
@Timeout(300)
class HealingTest {
    private static final int THREADS = 8;
    private static final String TOKEN = "Healing";

    private SoftHsm softHsm = new SoftHsm();
    private P11KitServer server;

    @BeforeEach
    void start() throws Exception {
        RemoteTokens.make(softHsm, TOKEN);
        server = new P11KitServer(softHsm, "first.sock");
    }

    @AfterEach
    void stop() {
        server.close();
        softHsm.close();
    }

    @Test
    void sign_whileTheServerIsKilledAndStarted_goesOn() throws Exception {
        try (TokenModule module = TokenModule.open(server.uri(), RemoteTokens.patient());
                Session session = RemoteTokens.logIn(module, TOKEN)) {
            AtomicInteger signed = new AtomicInteger();
            List<Future<?>> threads = new ArrayList<>();
            AtomicBoolean over = new AtomicBoolean();
            ExecutorService executor = signInThreads(session, signed, over, threads);
            for (int i = 0; i < 3; i++) {
                awaitMore(signed, threads);
                server.restart();
            }
            awaitMore(signed, threads);
            over.set(true);
            for (Future<?> thread : threads) {
                thread.get();
            }
            executor.shutdown();
        }
    }

    @Test
    void sign_withASecondServer_doesNotMissTheFirst() throws Exception {
        try (P11KitServer second = new P11KitServer(softHsm, "second.sock")) {
            ModuleOptions options =
                    RemoteTokens.patient().withSetting("endpoints", second.uri().substring("p11:".length()));
            try (TokenModule module = TokenModule.open(server.uri(), options);
                    Session session = RemoteTokens.logIn(module, TOKEN)) {
                KeyPairObject pair = p256(session, Template.label("deploy"));
                assertThat(signs(session, pair, 1)).isTrue();

                server.close();

                assertThat(signs(session, pair, 2)).isTrue();
                assertThat(session.findAll(ObjectQuery.all().label("deploy"))).hasSize(2);
                assertThat(p256(session, Template.label("made while the first is down")))
                        .isNotNull();
            }
        }
    }

    @Test
    void open_whileTheFirstServerHangs_goesToTheSecond() throws Exception {
        try (P11KitServer second = new P11KitServer(softHsm, "second.sock")) {
            server.signal("STOP");
            ModuleOptions options =
                    RemoteTokens.patient().withSetting("endpoints", second.uri().substring("p11:".length()));
            try (TokenModule module = TokenModule.open(server.uri(), options);
                    Session session = RemoteTokens.logIn(module, TOKEN)) {
                assertThat(session.random(8)).hasSize(8);
            }
        }
    }

    @Test
    void generate_afterARestart_isDoneOnce() throws Exception {
        try (TokenModule module = TokenModule.open(server.uri(), RemoteTokens.patient());
                Session session = RemoteTokens.logIn(module, TOKEN)) {
            p256(session, Template.label("before"));
            server.restart();

            p256(session, Template.label("after"));

            assertThat(session.findAll(ObjectQuery.all().label("after"))).hasSize(2);
        }
    }

    @Test
    void sign_withASessionKeyAfterARestart_saysThatItWasLost() throws Exception {
        try (TokenModule module = TokenModule.open(server.uri(), RemoteTokens.patient());
                Session session = RemoteTokens.logIn(module, TOKEN)) {
            KeyPairObject pair = p256(session, Template.empty());
            assertThat(signs(session, pair, 1)).isTrue();
            server.restart();

            assertThatThrownBy(() -> session.sign(pair.privateKey(), Mechanism.ECDSA, new byte[32]))
                    .isInstanceOf(ObjectNotFoundException.class)
                    .hasMessageContaining("lost with the connection");
        }
    }

    @Test
    void call_whileTheServerIsDown_failsSoonAndSaysWhere() throws Exception {
        ModuleOptions options = ModuleOptions.ofDefaults().withSetting("reconnect", "100ms");
        try (TokenModule module = TokenModule.open(server.uri(), options);
                Session session = RemoteTokens.logIn(module, TOKEN)) {
            server.close();

            assertThatThrownBy(() -> session.random(8))
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("first.sock")
                    .hasMessageContaining("CKR_DEVICE_REMOVED");
        }
    }

    @Test
    void sign_withAPinThatWasChangedElsewhere_showsTheOldOneOnce() throws Exception {
        try (TokenModule module = TokenModule.open(server.uri(), RemoteTokens.patient());
                Session session = RemoteTokens.logIn(module, TOKEN)) {
            PrivateKeyObject key = p256(session, Template.label("deploy")).privateKey();
            try (TokenModule elsewhere = TokenModule.open(softHsm.execUri());
                    Session user = RemoteTokens.logIn(elsewhere, TOKEN)) {
                user.setPin(RemoteTokens.PIN, RemoteTokens.OTHER_PIN);
            }
            server.restart();

            assertThatThrownBy(() -> session.sign(key, Mechanism.ECDSA, new byte[32]))
                    .isInstanceOf(TokenAuthenticationException.class)
                    .hasMessageContaining("CKR_PIN_INCORRECT")
                    .hasMessageNotContaining("before");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> session.sign(key, Mechanism.ECDSA, new byte[32]))
                        .isInstanceOf(TokenAuthenticationException.class)
                        .hasMessageContaining("refused this PIN before");
            }
            try (Session again = module.token(TOKEN).open(Login.user(RemoteTokens.OTHER_PIN))) {
                assertThat(again.sign(key, Mechanism.ECDSA, new byte[32])).hasSize(64);
            }
        }
    }

    @Test
    void close_ofAModule_endsEveryProcessAtTheServer() throws Exception {
        try (TokenModule module = TokenModule.open(server.uri(), RemoteTokens.patient());
                Session session = RemoteTokens.logIn(module, TOKEN)) {
            p256(session, Template.label("one"));
            p256(session, Template.empty());
            assertThat(server.clients()).isPositive();
        }
        Awaitility.await().atMost(java.time.Duration.ofSeconds(30)).until(() -> server.clients() == 0);
    }

    /** Waits until all threads go on, and fails with what ended one of them. */
    private static void awaitMore(AtomicInteger signed, List<Future<?>> threads) {
        int before = signed.get();
        Awaitility.await().atMost(java.time.Duration.ofSeconds(60)).until(() -> {
            for (Future<?> thread : threads) {
                if (thread.isDone()) {
                    thread.get();
                }
            }
            return signed.get() > before + 50;
        });
    }

    private ExecutorService signInThreads(
            Session session, AtomicInteger signed, AtomicBoolean over, List<Future<?>> threads) throws Exception {
        KeyPairObject pair = p256(session, Template.label("deploy"));
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            threads.add(executor.submit(() -> {
                for (int n = 0; !over.get(); n++) {
                    assertThat(signs(session, pair, thread * 1_000_000 + n)).isTrue();
                    signed.incrementAndGet();
                }
                return null;
            }));
        }
        return executor;
    }

    /** Signs a message of its own, and verifies that with the JDK. */
    private static boolean signs(Session session, KeyPairObject pair, int message) throws Exception {
        byte[] data = ByteBuffer.allocate(Integer.BYTES).putInt(message).array();
        byte[] signature = session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, data);
        PublicKey key = PublicKeys.of(pair.publicKey());
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(key);
        verifier.update(data);
        return verifier.verify(signature);
    }

    private static KeyPairObject p256(Session session, Template template) throws Exception {
        return session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), template);
    }
}
