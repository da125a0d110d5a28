package org.symbolon.ssh.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Session;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.KeyFiles;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.TestToken;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.certificate.KeyRevocationList;

/** Sessions that end when their keys may no longer log in. */
class LiveLoginsTest {
    private static final String FILE = "openssh-ecdsa-384";
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration SOON = Duration.ofMillis(20);

    private LoginFixture ssh;
    private SshPublicKey key;

    @BeforeEach
    void open() throws Exception {
        ssh = new LoginFixture();
        key = ssh.as(FILE);
    }

    @AfterEach
    void close() throws IOException {
        ssh.close();
    }

    @Test
    void removedKey_ofATokenThatTellsChanges_endsItsSessionsOnly() throws Exception {
        TestToken token = new TestToken();
        try (Session session = token.open();
                LiveLogins live = LiveLogins.every(NEVER).follow(session)) {
            TokenAuthorizedKeys keys = TokenAuthorizedKeys.in(session);
            keys.add("alice", key);
            keys.add("bob", key);
            ssh.server.setPublickeyAuthenticator(
                    TokenPublickeyAuthenticator.builder(keys).endSessions(live).build());
            ssh.start();
            try (ClientSession alice = ssh.logIn("alice");
                    ClientSession bob = ssh.logIn("bob")) {
                assertThat(live.size()).isEqualTo(2);

                keys.remove("alice", key);

                await().until(alice::isClosed);
                assertThat(bob.isOpen()).isTrue();
                assertThat(LoginFixture.output(bob.createExecChannel("ls"))).startsWith("exec ls");
                assertThatThrownBy(() -> ssh.logIn("alice").close()).isInstanceOf(SshException.class);
            }
            await().until(() -> live.size() == 0);
        }
    }

    @Test
    void removedKey_betweenProbeAndSignature_isNotLetIn() throws Exception {
        TestToken token = new TestToken();
        try (Session session = token.open();
                LiveLogins live = LiveLogins.every(NEVER).follow(session)) {
            TokenAuthorizedKeys keys = TokenAuthorizedKeys.in(session);
            keys.add("alice", key);
            ssh.server.setPublickeyAuthenticator(
                    TokenPublickeyAuthenticator.builder(keys).endSessions(live).build());
            ssh.client.setUserAuthFactories(List.of(RawLogin.probed(key, message -> {
                keys.remove("alice", key);
                return LoginFixture.sign(FILE, SshSignatureAlgorithm.ECDSA_P384, "SHA384withECDSA", message);
            })));
            ssh.start();

            assertThatThrownBy(() -> ssh.logIn("alice").close()).isInstanceOf(SshException.class);
            assertThat(live.size()).isZero();
        }
    }

    @Test
    void removedKey_ofAStoreThatTellsNothing_endsItsSessionAfterThePeriod() throws Exception {
        ssh.keys.add("alice", "", key);
        try (LiveLogins live = start(SOON);
                ClientSession alice = ssh.logIn("alice")) {
            assertThat(live.size()).isEqualTo(1);
            ssh.keys.remove("alice", key);

            await().until(alice::isClosed);
        }
    }

    @Test
    void storeOutOfReach_sessionsGoOn() throws Exception {
        ssh.keys.add("alice", "", key);
        try (LiveLogins live = start(SOON);
                ClientSession alice = ssh.logIn("alice")) {
            ssh.keys.reachable(false);
            int asked = ssh.keys.asked();
            await().until(() -> ssh.keys.asked() > asked + 2);

            assertThat(alice.isOpen()).isTrue();
            assertThat(live.size()).isEqualTo(1);
        }
    }

    @Test
    void checkThatThrows_keepsNoOtherSessionFromBeingEnded() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        AuthorizedKeys keys = (AuthorizedKeys) Proxy.newProxyInstance(
                AuthorizedKeys.class.getClassLoader(),
                new Class<?>[] {AuthorizedKeys.class},
                (proxy, method, given) -> {
                    if (broken.get() && !"alice".equals(given[0])) {
                        throw new IllegalArgumentException("an entry that cannot be judged");
                    }
                    return method.invoke(ssh.keys, given);
                });
        List<String> others = List.of("bob", "carol", "dave", "erin", "frank");
        ssh.keys.add("alice", "", key);
        for (String user : others) {
            ssh.keys.add(user, "", key);
        }
        try (LiveLogins live = LiveLogins.every(SOON)) {
            ssh.server.setPublickeyAuthenticator(
                    TokenPublickeyAuthenticator.builder(keys).endSessions(live).build());
            ssh.start();
            ClientSession alice = ssh.logIn("alice");
            List<ClientSession> goingOn = new ArrayList<>();
            for (String user : others) {
                goingOn.add(ssh.logIn(user));
            }
            broken.set(true);
            ssh.keys.remove("alice", key);

            await().until(alice::isClosed);
            assertThat(goingOn).allMatch(ClientSession::isOpen);
        }
    }

    @Test
    void newRestrictions_holdForWhatTheSessionAsksNext() throws Exception {
        ssh.keys.add("alice", "", key);
        try (LiveLogins live = start(SOON);
                ClientSession alice = ssh.logIn("alice")) {
            assertThat(LoginFixture.output(alice.createExecChannel("ls"))).isEqualTo("exec ls");

            ssh.keys.replace("alice", "command=\"backup\"", key);

            await().until(() ->
                    LoginFixture.output(alice.createExecChannel("ls")).equals("exec backup; SSH_ORIGINAL_COMMAND=ls"));
            assertThat(live.size()).isEqualTo(1);
        }
    }

    @Test
    void revokedKey_endsItsSession() throws Exception {
        ssh.keys.add("alice", "", key);
        KeyRevocationList nothing = KeyRevocationList.builder().build();
        AtomicReference<KeyRevocationList> revoked = new AtomicReference<>(nothing);
        try (LiveLogins live = LiveLogins.every(SOON)) {
            ssh.server.setPublickeyAuthenticator(TokenPublickeyAuthenticator.builder(ssh.keys)
                    .revoked(revoked::get)
                    .endSessions(live)
                    .build());
            ssh.start();
            try (ClientSession alice = ssh.logIn("alice")) {
                revoked.set(KeyRevocationList.builder()
                        .revokeKey(KeyFiles.open(FILE + ".pub"))
                        .build());

                await().until(alice::isClosed);
            }
        }
    }

    @Test
    void every_noTime_isRefused() {
        assertThatThrownBy(() -> LiveLogins.every(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The period is PT0S; it must be more than zero");
    }

    private LiveLogins start(Duration period) throws IOException {
        LiveLogins live = LiveLogins.every(period);
        ssh.server.setPublickeyAuthenticator(
                TokenPublickeyAuthenticator.builder(ssh.keys).endSessions(live).build());
        ssh.start();
        return live;
    }
}
