package org.symbolon.tests.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.Outcome;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.spi.Request;
import org.symbolon.tests.SoftTokens;

/** How often the client waits for the server, at a server of ours and at p11-kit's. */
@Timeout(120)
class RoundTripsTest {
    private static final byte[] MESSAGE = new byte[64];
    private static final int MANY = 100;
    private static final int LARGE = 1 << 20;

    @TempDir
    Path folder;

    private TokenModule tokens;
    private RemoteTokenServer server;

    @BeforeEach
    void serve() throws Exception {
        tokens = SoftTokens.inMemory();
        SoftTokens.make(tokens, "Served");
        server = RemoteTokenServer.builder()
                .module(tokens)
                .unixSocket(folder.resolve("server"))
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        tokens.close();
    }

    @Test
    void sign_atAServerOfOurs_isOneFrameThereAndOneBack() throws Exception {
        try (Counted counted = new Counted(folder.resolve("server"), folder.resolve("relay"));
                Session session = counted.module.token("Served").open(Login.user(SoftTokens.PIN))) {
            PrivateKeyObject key = newKey(session, "one").privateKey();
            session.sign(key, Mechanism.ECDSA_SHA256, MESSAGE);
            CountingRelay.Count count = counted.during(() -> session.sign(key, Mechanism.ECDSA_SHA256, MESSAGE));
            assertThat(count.roundTrips()).isEqualTo(1);
            assertThat(count.requestBytes()).isLessThan(160);
            assertThat(count.replyBytes()).isLessThan(110);
        }
    }

    @Test
    void performAll_ofManySignaturesByManyKeys_travelsTogether() throws Exception {
        List<PrivateKeyObject> keys = new ArrayList<>();
        try (Session local = tokens.token("Served").open(Login.user(SoftTokens.PIN))) {
            for (int i = 0; i < MANY; i++) {
                keys.add(newKey(local, "many " + i).privateKey());
            }
        }
        try (Counted counted = new Counted(folder.resolve("server"), folder.resolve("relay"));
                Session session = counted.module.token("Served").open(Login.user(SoftTokens.PIN))) {
            assertThat(countOfSigning(counted, session, keys).roundTrips()).isLessThan(20);
            assertThat(countOfSigning(counted, session, keys).roundTrips()).isLessThan(10);
        }
    }

    @Test
    void performAll_ofCreations_travelsTogether() throws Exception {
        List<Request<?>> requests = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            requests.add(new Request.Create(Template.label("data " + i)
                    .with(Attribute.CLASS, ObjectClass.DATA)
                    .with(Attribute.VALUE, Bytes.of((byte) i))
                    .onToken()));
        }
        try (Counted counted = new Counted(folder.resolve("server"), folder.resolve("relay"));
                Session session = counted.module.token("Served").open(Login.user(SoftTokens.PIN))) {
            List<Outcome<?>> outcomes = new ArrayList<>();
            CountingRelay.Count count = counted.during(() -> outcomes.addAll(session.performAll(requests)));
            assertThat(outcomes).hasSize(MANY);
            for (Outcome<?> outcome : outcomes) {
                assertThat(outcome.get()).isInstanceOf(TokenObject.class);
            }
            assertThat(count.roundTrips()).isLessThan(20);
        }
    }

    @Test
    void performAll_ofLargeRequestsAfterLargeReplies_doesNotBlock() throws Exception {
        List<Request<?>> requests = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            requests.add(new Request.GenerateRandom(LARGE));
            requests.add(new Request.Digest(Mechanism.SHA256, Bytes.wrap(new byte[LARGE])));
        }
        try (TokenModule module = TokenModule.open("p11:unix:path=" + folder.resolve("server"));
                Session session = module.token("Served").open(Login.user(SoftTokens.PIN))) {
            assertThat(session.performAll(requests)).hasSize(4).allMatch(outcome -> outcome.failure() == null);
        }
    }

    @Test
    void performAll_ofSignatures_travelsTogetherToP11KitToo() throws Exception {
        try (SoftHsm softHsm = new SoftHsm()) {
            RemoteTokens.make(softHsm, "Flight");
            try (P11KitServer p11Kit = new P11KitServer(softHsm, "flight");
                    Counted counted = new Counted(softHsm.folder().resolve("flight"), folder.resolve("relay"));
                    Session session = RemoteTokens.logIn(counted.module, "Flight")) {
                assertThat(p11Kit.uri()).isNotEmpty();
                PrivateKeyObject key = newKey(session, "one").privateKey();
                List<PrivateKeyObject> keys = java.util.Collections.nCopies(MANY, key);
                countOfSigning(counted, session, keys);
                assertThat(countOfSigning(counted, session, keys).roundTrips()).isLessThan(20);
            }
        }
    }

    private static CountingRelay.Count countOfSigning(Counted counted, Session session, List<PrivateKeyObject> keys)
            throws TokenException {
        List<Request<?>> requests = new ArrayList<>();
        keys.forEach(key -> requests.add(new Request.Sign(key, Mechanism.ECDSA_SHA256, Bytes.wrap(MESSAGE))));
        List<Outcome<?>> outcomes = new ArrayList<>();
        CountingRelay.Count count = counted.during(() -> outcomes.addAll(session.performAll(requests)));
        assertThat(outcomes).hasSize(keys.size()).allMatch(outcome -> outcome.failure() == null);
        return count;
    }

    private static KeyPairObject newKey(Session session, String label) throws TokenException {
        return session.generateKeyPair(
                Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label(label).onToken());
    }

    /** A client whose bytes are counted. */
    private static final class Counted implements AutoCloseable {
        private final CountingRelay relay;
        private final TokenModule module;

        Counted(Path server, Path socket) throws IOException, TokenException {
            this.relay = new CountingRelay(socket, server);
            this.module = TokenModule.open("p11:unix:path=" + socket);
        }

        /** What is counted. */
        private interface Work {
            Object run() throws TokenException;
        }

        CountingRelay.Count during(Work work) throws TokenException {
            CountingRelay.Count before = relay.count();
            work.run();
            return relay.count().minus(before);
        }

        @Override
        public void close() throws IOException {
            module.close();
            relay.close();
        }
    }
}
