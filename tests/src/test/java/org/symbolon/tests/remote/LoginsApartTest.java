package org.symbolon.tests.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.soft.KdfParameters;
import org.symbolon.tests.SoftTokens;

/** What one login may do no other may; what one login made all its threads may use; a PIN that is wrong by now is shown once. */
@Timeout(300)
class LoginsApartTest {
    private static final String TOKEN = "Logins";
    private static final int THREADS = 8;
    private static final int TRIES = 10;
    private static final Pin OTHER_PIN = Pin.of("another pin of the tests".toCharArray());

    @TempDir
    private Path folder;

    /** A way to a token. */
    private enum Way {
        P11_KIT_SERVER,
        EXEC,
        OUR_SERVER
    }

    /** What is done with a session and the module that it belongs to. */
    @FunctionalInterface
    private interface Use {
        void of(TokenModule module, Session session) throws Exception;
    }

    private void reach(Way way, Use use) throws Exception {
        if (way == Way.OUR_SERVER) {
            try (TokenModule local = SoftTokens.inMemory();
                    RemoteTokenServer server = serve(local, "ours.sock")) {
                SoftTokens.make(local, TOKEN);
                use("p11:" + server.addresses().get(0), SoftTokens.PIN, use);
            }
            return;
        }
        try (SoftHsm softHsm = new SoftHsm()) {
            RemoteTokens.make(softHsm, TOKEN);
            if (way == Way.EXEC) {
                use(softHsm.execUri(), RemoteTokens.PIN, use);
            } else {
                try (P11KitServer server = new P11KitServer(softHsm, "p11-kit.sock")) {
                    use(server.uri(), RemoteTokens.PIN, use);
                }
            }
        }
    }

    private static void use(String uri, Pin pin, Use use) throws Exception {
        try (TokenModule module = TokenModule.open(uri, RemoteTokens.patient());
                Session session = module.token(TOKEN).open(Login.user(pin))) {
            use.of(module, session);
        }
    }

    private RemoteTokenServer serve(TokenModule module, String socket) throws Exception {
        return RemoteTokenServer.builder()
                .module(module)
                .unixSocket(folder.resolve(socket))
                .start();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void find_withoutALogin_whileAUserWorks_findsNothingPrivate(Way way) throws Exception {
        reach(way, (module, session) -> {
            KeyPairObject pair = p256(session, Template.label("deploy"));
            ObjectQuery privateKeys = ObjectQuery.privateKeys();
            try (Session anyone = module.token(TOKEN).open(Login.none())) {
                busily(() -> signs(session, pair, 1), () -> {
                    for (int i = 0; i < 50; i++) {
                        assertThat(anyone.findAll(privateKeys)).isEmpty();
                    }
                });
                assertThat(session.findAll(privateKeys)).hasSize(1);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void sign_withASessionKeyOfAnotherThread_works(Way way) throws Exception {
        reach(way, (module, session) -> {
            KeyPairObject pair = p256(session, Template.empty());
            ExecutorService others = Executors.newFixedThreadPool(THREADS - 1);
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < THREADS - 1; thread++) {
                int first = thread * 1000;
                ends.add(others.submit(() -> {
                    for (int n = 0; n < 10; n++) {
                        signs(session, pair, first + n);
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
            others.shutdown();
        });
    }

    @Test
    void sign_afterThePinWasChangedBehindTwoServers_showsTheOldOneOnce() throws Exception {
        String database = "soft:sqlite:" + folder.resolve("team.db");
        ModuleOptions tries = ModuleOptions.ofDefaults()
                .withSetting("kdf", KdfParameters.floor().toString())
                .withSetting("pin-tries", Integer.toString(TRIES));
        try (TokenModule local = TokenModule.open(database, tries);
                TokenModule behindFirst = TokenModule.open(database, tries);
                TokenModule behindSecond = TokenModule.open(database, tries)) {
            SoftTokens.make(local, TOKEN);
            RemoteTokenServer first = serve(behindFirst, "first.sock");
            try (first;
                    RemoteTokenServer second = serve(behindSecond, "second.sock");
                    TokenModule module = TokenModule.open(
                            "p11:" + first.addresses().get(0),
                            RemoteTokens.patient()
                                    .withSetting("endpoints", second.addresses().get(0)));
                    Session session = module.token(TOKEN).open(Login.user(SoftTokens.PIN));
                    Session reading = module.token(TOKEN).openReadOnly(Login.user(SoftTokens.PIN))) {
                KeyPairObject pair = p256(session, Template.label("deploy"));
                AtomicInteger refused = new AtomicInteger();
                List<Future<?>> threads = refusedInTheEnd(List.of(session, reading), pair, refused);
                try (Session user = local.token(TOKEN).open(Login.user(SoftTokens.PIN))) {
                    user.setPin(SoftTokens.PIN, OTHER_PIN);
                }
                first.close();
                for (Future<?> thread : threads) {
                    thread.get();
                }
                assertThat(refused).hasValue(THREADS);
                assertThatThrownBy(() -> p256(session, Template.empty()))
                        .as("a connection of its own, for session objects")
                        .isInstanceOf(TokenAuthenticationException.class);
                assertThat(failuresCounted(local)).isLessThanOrEqualTo(1);
                try (Session again = module.token(TOKEN).open(Login.user(OTHER_PIN))) {
                    signs(again, pair, 2);
                }
            }
        }
    }

    /** Signs in threads until each is refused. */
    private static List<Future<?>> refusedInTheEnd(List<Session> sessions, KeyPairObject pair, AtomicInteger refused) {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Session session = sessions.get(i % sessions.size());
            threads.add(executor.submit(() -> {
                try {
                    for (int n = 0; ; n++) {
                        signs(session, pair, n);
                    }
                } catch (TokenAuthenticationException e) {
                    refused.incrementAndGet();
                }
                return null;
            }));
        }
        executor.shutdown();
        return threads;
    }

    /** How many failures the token had counted before this question, which is one more. */
    private static int failuresCounted(TokenModule local) throws TokenException {
        try (Pin wrong = Pin.of("certainly wrong".toCharArray())) {
            local.token(TOKEN).open(Login.user(wrong)).close();
            throw new AssertionError("the wrong PIN was right");
        } catch (TokenAuthenticationException e) {
            return TRIES - 1 - e.attemptsLeft().orElseThrow();
        }
    }

    /** Something that may fail. */
    @FunctionalInterface
    private interface Step {
        void take() throws Exception;
    }

    /** Takes a step while other threads take another all the time. */
    private static void busily(Step again, Step step) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService executor = Executors.newFixedThreadPool(2);
        List<Future<?>> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            threads.add(executor.submit(() -> {
                while (!over.get()) {
                    again.take();
                }
                return null;
            }));
        }
        try {
            step.take();
        } finally {
            over.set(true);
            executor.shutdown();
        }
        for (Future<?> thread : threads) {
            thread.get();
        }
    }

    private static KeyPairObject p256(Session session, Template template) throws TokenException {
        return session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), template);
    }

    private static void signs(Session session, KeyPairObject pair, int message) throws GeneralSecurityException {
        byte[] data = ByteBuffer.allocate(Integer.BYTES).putInt(message).array();
        byte[] signature = session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, data);
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(PublicKeys.of(pair.publicKey()));
        verifier.update(data);
        assertThat(verifier.verify(signature)).isTrue();
    }
}
