package org.symbolon.ssh.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.KeyFiles;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.SshWriter;

/** Clients that do not keep to the rules; a good one gets in all the same. */
class HostileLoginTest {
    private static final String FILE = "openssh-ecdsa-384";
    private static final String ALGORITHM = "ecdsa-sha2-nistp384";

    private LoginFixture ssh;
    private SshPublicKey key;

    @BeforeEach
    void open() throws Exception {
        ssh = new LoginFixture();
        key = KeyFiles.open(FILE + ".pub");
        ssh.keys.add("alice", "", key);
        ssh.start();
    }

    @AfterEach
    void close() throws IOException {
        ssh.close();
    }

    @Test
    void logIn_signedWithoutProbe_isLetInWithOneLookUp() throws Exception {
        ssh.client.setUserAuthFactories(List.of(RawLogin.signed(key, HostileLoginTest::sign)));
        letIn();
        assertThat(ssh.keys.asked()).isEqualTo(1);
    }

    @Test
    void logIn_probedThenSigned_isOneLookUp() throws Exception {
        ssh.client.setUserAuthFactories(List.of(RawLogin.probed(key, HostileLoginTest::sign)));
        letIn();
        assertThat(ssh.keys.asked()).isEqualTo(1);
    }

    @Test
    void logIn_whereTheServerLooksAgain_isTwo() throws Exception {
        ssh.server.setPublickeyAuthenticator(
                TokenPublickeyAuthenticator.builder(ssh.keys).lookAgain(true).build());
        ssh.client.setUserAuthFactories(List.of(RawLogin.probed(key, HostileLoginTest::sign)));
        letIn();
        assertThat(ssh.keys.asked()).isEqualTo(2);
    }

    @Test
    void logIn_byPasswordAfterAKeyWasProbedOrSignedWrongly_isNotTakenForTheKeys() throws Exception {
        AtomicReference<AuthorizedKey> seen = new AtomicReference<>();
        ssh.server.setPasswordAuthenticator((user, password, session) -> {
            seen.set(session.getAttribute(TokenPublickeyAuthenticator.AUTHORIZED_KEY));
            return true;
        });
        ssh.server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
        ssh.client.setUserAuthFactories(List.of(
                RawLogin.probed(key, message -> sign(new byte[] {1})),
                org.apache.sshd.client.auth.password.UserAuthPasswordFactory.INSTANCE));
        ssh.client.addPasswordIdentity("secret");

        letIn();
        assertThat(ssh.keys.asked()).isEqualTo(1);
        assertThat(seen).hasNullValue();
    }

    static Stream<RawLogin> malformed() throws Exception {
        SshPublicKey key = KeyFiles.open(FILE + ".pub");
        byte[] blob = key.blob();
        List<RawLogin> logins = new ArrayList<>();
        for (int length : new int[] {0, 1, 4, 20, blob.length - 1}) {
            logins.add(RawLogin.signed(ALGORITHM, Arrays.copyOf(blob, length), HostileLoginTest::sign));
        }
        logins.add(RawLogin.signed(ALGORITHM, Arrays.copyOf(blob, blob.length + 1), HostileLoginTest::sign));
        byte[] offCurve = blob.clone();
        offCurve[blob.length - 1] ^= 1;
        logins.add(RawLogin.signed(ALGORITHM, offCurve, HostileLoginTest::sign));
        logins.add(RawLogin.signed(
                ALGORITHM,
                new SshWriter().uint32(0xffffffffL).raw(new byte[100]).toByteArray(),
                HostileLoginTest::sign));
        for (String algorithm : List.of(
                "",
                "ssh-rsa",
                "ssh-dss",
                "none",
                "ecdsa-sha2-nistp256",
                "rsa-sha2-512",
                "ssh-ed25519",
                "sk-ssh-ed25519@openssh.com",
                ALGORITHM + "-cert-v01@openssh.com",
                "x509v3-" + ALGORITHM,
                "x".repeat(10_000),
                "\n\0")) {
            logins.add(RawLogin.signed(algorithm, blob, HostileLoginTest::sign));
        }
        logins.add(RawLogin.signed(key, message -> new byte[0]));
        logins.add(RawLogin.signed(key, message -> new byte[1000]));
        logins.add(RawLogin.signed(key, message -> sign(new byte[] {1})));
        logins.add(RawLogin.signed(
                key,
                message -> LoginFixture.sign(
                        "openssh-ecdsa-256", SshSignatureAlgorithm.ECDSA_P256, "SHA256withECDSA", message)));
        logins.add(RawLogin.probed(key, message -> Arrays.copyOf(sign(message), 30)));
        return logins.stream();
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void logIn_withWrongAlgorithmBlobOrSignature_isRefusedAndOthersGetIn(RawLogin login) throws Exception {
        ssh.client.setUserAuthFactories(List.of(login));
        assertThatThrownBy(() -> ssh.logIn("alice").close()).isInstanceOf(SshException.class);

        ssh.client.setUserAuthFactories(List.of(RawLogin.probed(key, HostileLoginTest::sign)));
        letIn();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "alice ",
                " alice",
                "alice\0",
                "alice\n",
                "alice\r\nbob",
                "../alice",
                "alice/../alice",
                "*",
                "alic?",
                "%",
                "' OR '1'='1",
                "alice)(uid=*",
                "\u0000",
                "\ud800",
                "alice\u200b",
                "ALICE",
                "$(id)",
                "{}",
                "${user}"
            })
    void logIn_asAnOddUser_isRefusedAndOthersGetIn(String user) throws Exception {
        ssh.client.setUserAuthFactories(List.of(RawLogin.probed(key, HostileLoginTest::sign)));
        assertThatThrownBy(() -> ssh.logIn(user).close()).isInstanceOf(Exception.class);

        letIn();
    }

    @Test
    void logIn_whenTheStoreIsOutOfReach_isRefusedUntilItIsBack() throws Exception {
        ssh.client.setUserAuthFactories(List.of(RawLogin.probed(key, HostileLoginTest::sign)));
        ssh.keys.reachable(false);
        assertThatThrownBy(() -> ssh.logIn("alice").close()).isInstanceOf(SshException.class);
        ssh.keys.reachable(true);

        letIn();
    }

    @Test
    void logIn_besideAThousandIdleConnections_isLetIn() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                idle.add(new Socket(InetAddress.getLoopbackAddress(), ssh.server.getPort()));
            }
            ssh.client.setUserAuthFactories(List.of(RawLogin.probed(key, HostileLoginTest::sign)));

            letIn();
            assertThat(ssh.server.getActiveSessions().size())
                    .isLessThanOrEqualTo(ServerLimits.ofDefaults().maxUnauthenticated() + 1);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    private void letIn() throws IOException {
        try (ClientSession session = ssh.logIn("alice")) {
            assertThat(session.isAuthenticated()).isTrue();
        }
    }

    private static byte[] sign(byte[] message) throws Exception {
        return LoginFixture.sign(FILE, SshSignatureAlgorithm.ECDSA_P384, "SHA384withECDSA", message);
    }
}
