package org.symbolon.ssh.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.Test;
import org.symbolon.ssh.SshPublicKey;

/** A store that does not answer takes some workers with it, and no more. */
class HangingStoreTest {
    /** Three eighths of the 32 workers. */
    private static final int PLACES = 12;

    private static final int LOGINS = 50;

    @Test
    void logIn_byKeysInMemory_goesOnWhileEveryCallHangs() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ServerLimits patient =
                ServerLimits.builder().tokenDeadline(Duration.ofMinutes(1)).build();
        List<ClientSession> stuck = new ArrayList<>();
        try (LoginFixture ssh = new LoginFixture(patient)) {
            SshPublicKey key = ssh.as("openssh-ecdsa-384");
            ssh.keys.add("alice", "", key);
            ssh.keys.add("bob", "", key);
            ssh.start();
            ssh.keys.hang(end, Set.of("alice"));
            List<AuthFuture> waiting = new ArrayList<>();
            for (int i = 0; i < PLACES; i++) {
                ClientSession session = ssh.client
                        .connect("bob", "127.0.0.1", ssh.server.getPort())
                        .verify(LoginFixture.PATIENCE)
                        .getSession();
                stuck.add(session);
                waiting.add(session.auth());
            }
            await().until(() -> ssh.keys.hanging() == PLACES);

            for (int i = 0; i < LOGINS; i++) {
                try (ClientSession session = ssh.logIn("alice")) {
                    assertThat(session.isAuthenticated()).isTrue();
                }
                if (i % 10 == 0) {
                    assertThatThrownBy(() -> ssh.logIn("bob").close()).isInstanceOf(SshException.class);
                }
            }

            assertThat(ssh.keys.hanging()).isEqualTo(PLACES);
            assertThat(waiting).noneMatch(AuthFuture::isDone);
            end.countDown();
            for (AuthFuture future : waiting) {
                future.verify(LoginFixture.PATIENCE);
            }
            try (ClientSession session = ssh.logIn("bob")) {
                assertThat(session.isAuthenticated()).isTrue();
            }
        } finally {
            end.countDown();
            close(stuck);
        }
    }

    @Test
    void logIn_whereTheStoreDoesNotAnswerInTime_isRefused() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ServerLimits hasty =
                ServerLimits.builder().tokenDeadline(Duration.ofMillis(100)).build();
        try (LoginFixture ssh = new LoginFixture(hasty)) {
            ssh.keys.add("bob", "", ssh.as("openssh-ecdsa-384"));
            ssh.start();
            ssh.keys.hang(end, Set.of());

            assertThatThrownBy(() -> ssh.logIn("bob").close()).isInstanceOf(SshException.class);

            end.countDown();
            try (ClientSession session = ssh.logIn("bob")) {
                assertThat(session.isAuthenticated()).isTrue();
            }
        } finally {
            end.countDown();
        }
    }

    private static void close(List<ClientSession> sessions) throws IOException {
        for (ClientSession session : sessions) {
            session.close();
        }
    }
}
