package org.symbolon.tests.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SignatureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenUnavailableException;
import org.symbolon.jca.SymbolonProvider;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.tests.SoftTokens;

/**
 * Servers that are killed, ended, stopped and cut short under eight threads that hold the same private keys.
 *
 * <p>A stop lasts until every thread has gone on elsewhere, and at least as long as the system property
 * {@code symbolon.test.stop-seconds} says: 0 by default, 10 in the nightly run.
 */
@Timeout(600)
class RestartsTest {
    private static final Logger LOG = LoggerFactory.getLogger(RestartsTest.class);
    private static final String TOKEN = "Restarts";
    private static final int PROGRESS = 3;
    private static final int RESTARTS = 20;
    private static final int CUT = 6;
    private static final List<Integer> STOPS = List.of(8, 15);
    private static final Duration STOP = Duration.ofSeconds(Integer.getInteger("symbolon.test.stop-seconds", 0));
    private static final Duration TIMEOUT = Duration.ofSeconds(6);

    /** How long the busy machines of continuous integration may take for what takes milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The JVM keeps a socket for itself from the first time on that it closes another. */
    private static final int OF_THE_JVM = 1;

    @TempDir
    private Path folder;

    private long socketsBefore;

    @BeforeEach
    void count() {
        socketsBefore = Descriptors.sockets(ProcessHandle.current().pid());
    }

    // ---- two servers

    @Test
    void sign_withTwoServersThatAreRestartedInTurn_neverFails() throws Exception {
        try (SoftHsm softHsm = new SoftHsm()) {
            RemoteTokens.make(softHsm, TOKEN);
            try (P11KitServer first = new P11KitServer(softHsm, "first.sock");
                    P11KitServer second = new P11KitServer(softHsm, "second.sock");
                    P11KitServer hidden = new P11KitServer(softHsm, "hidden.sock")) {
                try (TokenModule module = TokenModule.open(first.uri(), both(second));
                        Session session = RemoteTokens.logIn(module, TOKEN);
                        BusySigners signers = signers(session)) {
                    for (int i = 0; i < RESTARTS; i++) {
                        restart(i, i % 2 == 0 ? first : second, hidden, signers);
                        signers.awaitProgress(PROGRESS);
                    }
                    finish("two p11-kit servers", signers);
                    assertThat(signers.failures()).isEmpty();
                }
                assertNothingIsLeft(first, second, hidden);
            }
        }
    }

    private static void restart(int number, P11KitServer server, P11KitServer hidden, BusySigners signers)
            throws Exception {
        if (number == CUT) {
            cutShort(server, hidden, signers);
        } else if (STOPS.contains(number)) {
            stopAndContinue(server, signers);
            server.restart();
        } else {
            server.end(number % 4 < 2 ? "KILL" : "TERM");
            server.start();
        }
    }

    @Test
    void sign_withTwoServersOfOurs_neverFails() throws Exception {
        Path database = folder.resolve("team.db");
        try (TokenModule local = SoftTokens.inDatabase(database)) {
            SoftTokens.make(local, TOKEN);
        }
        try (ServeProcess first = new ServeProcess(folder, database, "first.sock");
                ServeProcess second = new ServeProcess(folder, database, "second.sock")) {
            first.awaitOpen();
            second.awaitOpen();
            Awaitility.await().pollDelay(Duration.ofMillis(200)).untilAsserted(() -> {
                first.isIdle();
                second.isIdle();
            });
            try (TokenModule module = TokenModule.open(first.uri(), both(second));
                    Session session = logIn(module, SoftTokens.PIN);
                    BusySigners signers = signers(session)) {
                for (String signal : List.of("TERM", "KILL", "TERM")) {
                    for (ServeProcess server : List.of(first, second)) {
                        server.end(signal);
                        signers.awaitProgress(PROGRESS);
                        server.start();
                        signers.awaitProgress(PROGRESS);
                    }
                }
                stopAndContinue(first, signers);
                finish("two servers of ours", signers);
                assertThat(signers.failures()).isEmpty();
            }
            assertNothingIsLeft(first, second);
        }
    }

    private static ModuleOptions both(RestartableServer second) {
        return ModuleOptions.ofDefaults()
                .withTimeout(Duration.ofSeconds(30))
                .withSetting("reconnect", "30s")
                .withSetting("endpoints", second.endpoint());
    }

    /** Stops a server, which takes connections and answers nothing, until all threads have gone on without it. */
    private static void stopAndContinue(RestartableServer server, BusySigners signers) throws Exception {
        long start = System.nanoTime();
        server.signal("STOP");
        signers.awaitProgress(PROGRESS);
        LOG.info("With a server stopped, every thread went on within {} ms", (System.nanoTime() - start) / 1_000_000);
        Awaitility.await().atMost(STOP.plus(PATIENCE)).until(() -> System.nanoTime() - start >= STOP.toNanos());
        signers.awaitProgress(PROGRESS);
        server.signal("CONT");
        signers.awaitProgress(PROGRESS);
    }

    /** Puts something in a server's place that cuts a reply short. */
    private static void cutShort(P11KitServer server, P11KitServer hidden, BusySigners signers) throws Exception {
        server.end("KILL");
        try (CuttingRelay relay = new CuttingRelay(server.socket(), hidden.socket())) {
            relay.awaitCut();
            signers.awaitProgress(PROGRESS);
        }
        server.start();
    }

    // ---- one server

    @Test
    void sign_withOneServerThatIsRestarted_endsInTimeAndGoesOn() throws Exception {
        List<Duration> recoveries = new ArrayList<>();
        try (SoftHsm softHsm = new SoftHsm()) {
            RemoteTokens.make(softHsm, TOKEN);
            ModuleOptions options =
                    ModuleOptions.ofDefaults().withTimeout(TIMEOUT).withSetting("reconnect", "300ms");
            try (P11KitServer server = new P11KitServer(softHsm, "only.sock")) {
                try (TokenModule module = TokenModule.open(server.uri(), options);
                        Session session = RemoteTokens.logIn(module, TOKEN);
                        BusySigners signers = signers(session)) {
                    for (String signal : List.of("KILL", "TERM", "KILL", "TERM", "KILL", "TERM")) {
                        signers.awaitProgress(PROGRESS);
                        server.end(signal);
                        signers.awaitFailures(1);
                        signers.mark();
                        server.start();
                        server.awaitOpen();
                        recoveries.add(signers.awaitSuccess(System.nanoTime()));
                    }
                    signers.awaitProgress(PROGRESS);
                    server.signal("STOP");
                    signers.awaitFailures(8);
                    signers.mark();
                    server.signal("CONT");
                    recoveries.add(signers.awaitSuccess(System.nanoTime()));
                    finish("one p11-kit server", signers);
                    assertThat(signers.longestFailure()).isLessThan(TIMEOUT.plus(PATIENCE));
                    assertThat(signers.failures()).allSatisfy(RestartsTest::assertUnavailable);
                }
                assertNothingIsLeft(server);
            }
        }
        LOG.info("The first success came after {} from when the socket took connections", recoveries);
        assertThat(recoveries).allMatch(time -> time.compareTo(PATIENCE) < 0);
    }

    private static void assertUnavailable(SignatureException failure) {
        assertThat(failure).hasCauseInstanceOf(TokenUnavailableException.class);
    }

    // ---- what all have in common

    private static Session logIn(TokenModule module, Pin pin) throws TokenException {
        return module.token(TOKEN).open(Login.user(pin));
    }

    private static BusySigners signers(Session session) throws Exception {
        KeyPairObject ec = session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("ec"));
        KeyPairObject rsa =
                session.generateKeyPair(Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048), Template.label("rsa"));
        BusySigners signers = new BusySigners(
                List.of(key(session, ec, "SHA256withECDSA"), key(session, rsa, "SHA256withRSA")),
                SymbolonProvider.of(session));
        signers.awaitProgress(PROGRESS);
        return signers;
    }

    private static BusySigners.Key key(Session session, KeyPairObject pair, String algorithm) throws Exception {
        PublicKey publicKey = PublicKeys.of(pair.publicKey());
        return new BusySigners.Key(TokenPrivateKey.of(session, pair.privateKey(), publicKey), publicKey, algorithm);
    }

    private static void finish(String what, BusySigners signers) throws InterruptedException {
        signers.stop();
        LOG.info(
                "With {}: {} signatures, the slowest in {}; {} failures, the slowest in {}",
                what,
                signers.signed(),
                signers.longest(),
                signers.failures().size(),
                signers.longestFailure());
    }

    /** No thread, no descriptor, no session at a server. */
    private void assertNothingIsLeft(RestartableServer... servers) throws IOException {
        for (RestartableServer server : servers) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(server.clients()).isZero());
            Files.deleteIfExists(server.socket());
        }
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("symbolon-p11"));
            assertThat(Descriptors.sockets(ProcessHandle.current().pid()))
                    .isLessThanOrEqualTo(socketsBefore + OF_THE_JVM);
        });
    }
}
