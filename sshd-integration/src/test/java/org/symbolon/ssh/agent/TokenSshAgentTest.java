package org.symbolon.ssh.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenPermissionException;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.config.AgentPurpose;
import org.symbolon.ssh.KeyFiles;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.SshVerifier;
import org.symbolon.ssh.TestToken;

/** The agent on its socket, our client on the other end, and clients that mean harm. */
class TokenSshAgentTest {
    private final TestToken token = new TestToken();

    @TempDir
    Path folder;

    private Session session;
    private TokenSshAgent agent;
    private SshAgentClient client;

    @BeforeEach
    void start() throws Exception {
        session = token.open();
        token.put("ec", KeyFiles.secret("openssh-ecdsa-256").keyPair());
        token.put("p521", KeyFiles.secret("openssh-ecdsa-521").keyPair());
        token.put("rsa", KeyFiles.secret("openssh-rsa").keyPair());
        token.put("ed", KeyFiles.secret("openssh-ed25519").keyPair());
        agent = startAgent();
        client = SshAgentClient.of(agent.socket());
    }

    private TokenSshAgent startAgent() throws Exception {
        return TokenSshAgent.builder()
                .token(session)
                .policies((key, label) -> AgentKeyPolicy.ofDefaults().purposes(AgentPurpose.values()))
                .socket(folder.resolve("agent.sock"))
                .maxClients(32)
                .requestTimeout(Duration.ofSeconds(2))
                .start();
    }

    @AfterEach
    void stop() {
        client.close();
        agent.close();
        session.close();
    }

    private AgentIdentity identity(String comment) throws TokenException {
        return client.identities().stream()
                .filter(each -> each.comment().equals(comment))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sign_byOurClient_verifiesForEveryKeyType() throws Exception {
        byte[] data = {1, 2, 3};
        assertThat(client.identities()).hasSize(4).containsExactlyInAnyOrderElementsOf(agent.identities());
        for (AgentIdentity identity : client.identities()) {
            for (SshSignatureAlgorithm algorithm :
                    identity.key().orElseThrow().type().signatureAlgorithms()) {
                byte[] signature = client.sign(identity, algorithm, data).toBlob();
                assertThat(SshVerifier.verify(identity.key().orElseThrow(), data, signature))
                        .isTrue();
            }
        }
    }

    @Test
    void client_agentRestarted_connectsAgain() throws Exception {
        AgentIdentity ec = identity("ec");
        agent.close();
        assertThat(folder.resolve("agent.sock")).doesNotExist();
        assertThatThrownBy(client::identities).isInstanceOf(TokenUnavailableException.class);
        agent = startAgent();

        assertThat(client.sign(ec, SshSignatureAlgorithm.ECDSA_P256, new byte[32]))
                .isNotNull();
    }

    @Test
    void client_lockAndUnlock_hidesKeys() throws Exception {
        try (Pin right = Pin.of("right".toCharArray());
                Pin wrong = Pin.of("wrong".toCharArray())) {
            client.lock(right);
            assertThat(client.identities()).isEmpty();
            assertThatThrownBy(() -> client.unlock(wrong)).isInstanceOf(TokenPermissionException.class);
            client.unlock(right);
            assertThatThrownBy(() -> client.addSmartcard("none", wrong)).isInstanceOf(TokenPermissionException.class);
            assertThatThrownBy(() -> client.removeSmartcard("none")).isInstanceOf(TokenPermissionException.class);
        }
        assertThat(client.identities()).hasSize(4);
    }

    @Test
    void agentUri_keysOfAnAgent_areObjectsThatSign() throws Exception {
        byte[] data = "to be signed".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (TokenModule module = TokenModule.open("agent:" + agent.socket());
                Session agents = module.token("ssh-agent").open(Login.none())) {
            assertThat(agents.findAll(ObjectQuery.publicKeys())).hasSize(4);
            PrivateKeyObject rsa = (PrivateKeyObject)
                    agents.findAll(ObjectQuery.privateKeys().label("rsa")).get(0);
            byte[] signature = agents.sign(rsa, Mechanism.SHA512_RSA_PKCS, data);
            Signature verifier = Signature.getInstance("SHA512withRSA");
            verifier.initVerify(KeyFiles.open("openssh-rsa.pub").toPublicKey());
            verifier.update(data);
            assertThat(verifier.verify(signature)).isTrue();

            PrivateKeyObject ec = (PrivateKeyObject)
                    agents.findAll(ObjectQuery.privateKeys().label("ec")).get(0);
            assertThat(agents.sign(ec, Mechanism.ECDSA_SHA256, data)).hasSize(64);
            assertThatThrownBy(() -> agents.sign(ec, Mechanism.ECDSA_SHA384, data))
                    .isInstanceOf(MechanismNotSupportedException.class)
                    .hasMessageContaining("CKM_ECDSA_SHA256");
            assertThat(ec.attributes().get(Attribute.EXTRACTABLE)).isFalse();
            assertThatThrownBy(() -> agents.destroy(ec)).isInstanceOf(TokenException.class);
            assertThatThrownBy(() -> agents.sign(ec, Mechanism.ECDSA_SHA256, new byte[300_000]))
                    .isInstanceOf(TokenPermissionException.class)
                    .hasMessageContaining("262144");
        }
    }

    @Test
    void agentUri_noAgent_isUnavailable() throws Exception {
        try (TokenModule module = TokenModule.open("agent:" + folder.resolve("nobody"));
                Session agents = module.token("ssh-agent").open(Login.none())) {
            assertThatThrownBy(() -> agents.findAll(ObjectQuery.all()))
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("no agent listens");
        }
    }

    @Test
    void socket_ofTheAgent_isItsUsersAlone() throws Exception {
        assertThat(Files.getPosixFilePermissions(agent.socket()))
                .isEqualTo(java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    }

    // ---- clients that mean harm

    private SocketChannel connect() throws Exception {
        return SocketChannel.open(UnixDomainSocketAddress.of(agent.socket()));
    }

    @Test
    void hostile_lengthOf256MiB_isCutOffAndOthersAreServed() throws Exception {
        try (SocketChannel hostile = connect()) {
            hostile.write(ByteBuffer.allocate(8).putInt(256 << 20).putInt(0).flip());
            assertThat(Channels.newInputStream(hostile).read()).isEqualTo(-1);
        }
        assertThat(client.identities()).hasSize(4);
    }

    @Test
    void hostile_halfAFrame_isCutOffInTime() throws Exception {
        try (SocketChannel hostile = connect()) {
            hostile.write(ByteBuffer.allocate(6)
                    .putInt(100)
                    .put((byte) 13)
                    .put((byte) 0)
                    .flip());
            assertThat(client.identities()).hasSize(4);
            assertThat(Channels.newInputStream(hostile).read()).isEqualTo(-1);
        }
    }

    @Test
    void hostile_tenThousandRequestsAtOnce_areAnsweredInOrder() throws Exception {
        int count = 10_000;
        try (SocketChannel busy = connect()) {
            Thread writer = new Thread(() -> send(busy, count));
            writer.setDaemon(true);
            writer.start();
            for (int i = 0; i < count; i++) {
                byte[] answer = AgentFrame.read(Channels.newInputStream(busy));
                assertThat(answer[0]).isEqualTo((byte) (i % 2 == 0 ? 12 : 5));
            }
            writer.join();
        }
    }

    private static void send(SocketChannel busy, int count) {
        try {
            for (int i = 0; i < count; i++) { // past the streams of Java 17, of which one waits for the other
                ByteBuffer frame =
                        ByteBuffer.wrap(AgentFrame.of(i % 2 == 0 ? new byte[] {11} : new byte[] {99, 1, 2, 3}));
                while (frame.hasRemaining()) {
                    busy.write(frame);
                }
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void hostile_moreConnectionsThanMayBe_areClosedAndOthersGoOn() throws Exception {
        client.identities();
        List<SocketChannel> many = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                many.add(connect());
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> many.stream().anyMatch(TokenSshAgentTest::isClosed));
            assertThat(client.identities()).hasSize(4);
        } finally {
            for (SocketChannel each : many) {
                each.close();
            }
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            try (SshAgentClient another = SshAgentClient.of(agent.socket())) {
                assertThat(another.identities()).hasSize(4);
            }
        });
    }

    private static boolean isClosed(SocketChannel channel) {
        try {
            channel.configureBlocking(false);
            return channel.read(ByteBuffer.allocate(1)) < 0;
        } catch (java.io.IOException e) {
            return true;
        }
    }

    @Test
    void hostile_answersToOurClient_areErrorsOfTheProtocol() throws Exception {
        Path path = folder.resolve("hostile.sock");
        for (byte[] answer : List.of(
                new byte[] {0x7f, -1, -1, -1},
                new byte[] {0, 0, 0, 0},
                new byte[] {0, 0, 0, 1, 77},
                new byte[] {0, 0, 0, 5, 12, 127, -1, -1, -1},
                new byte[] {0, 0, 0, 1, 6})) {
            try (HostileAgent hostile = HostileAgent.answering(path, answer);
                    SshAgentClient victim = SshAgentClient.of(path, Duration.ofSeconds(10))) {
                assertThatThrownBy(victim::identities).isInstanceOf(TokenProtocolException.class);
                assertThat(hostile.socket()).isEqualTo(path);
            }
        }
    }

    @Test
    void client_agentThatIsSilent_givesUpAfterTheTimeout() throws Exception {
        Path path = folder.resolve("silent.sock");
        try (HostileAgent silent = HostileAgent.answering(path, new byte[0]);
                SshAgentClient victim = SshAgentClient.of(silent.socket(), Duration.ofMillis(200))) {
            assertThatThrownBy(victim::identities)
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("no answer within");
        }
    }
}
