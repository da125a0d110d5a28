package org.symbolon.ssh.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.ssh.KeyFiles;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TestToken;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKeys;

/** What every client library does with keys of a token, against a MINA server. */
public abstract class ClientContract {
    private final TestToken serverToken = new TestToken();
    private final TestToken clientToken = new TestToken();
    private final SshServer server = TokenSsh.configure(SshServer.setUpDefaultServer());
    private Session clientSession;
    private TokenAuthorizedKeys users;

    /**
     * Logs in to the server on this machine with every key and runs {@code hello}.
     *
     * @return what the command wrote
     */
    protected abstract String run(TokenSshKeys keys, String user, int port) throws Exception;

    /** A part of the message with which the library says that no key was taken. */
    protected abstract String refusal();

    /** A part of the message with which the library says that the token failed. */
    protected abstract String failure();

    @BeforeEach
    final void start() throws Exception {
        Session session = serverToken.open();
        clientSession = clientToken.open();
        users = TokenAuthorizedKeys.in(session);
        serverToken.put("host", KeyFiles.secret("openssh-ed25519").keyPair());
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(TokenHostKeyProvider.of(session, "host"));
        server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(users));
        server.setCommandFactory((channel, command) -> new EchoCommand(command));
    }

    @AfterEach
    final void stop() throws IOException {
        server.stop(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ecdsa-256", "ecdsa-384", "ecdsa-521", "ed25519"})
    final void login_withAKeyOfEachType_runsACommand(String type) throws Exception {
        SshPublicKey key = put(type);
        users.add("alice", key);

        assertThat(logIn("alice")).isEqualTo("alice " + key.type() + " hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-sha2-256", "rsa-sha2-512"})
    final void login_whereTheServerTakesOneHash_usesIt(String algorithm) throws Exception {
        users.add("alice", put("rsa"));
        List<NamedFactory<Signature>> offered = server.getSignatureFactories().stream()
                .filter(factory -> !factory.getName().startsWith("rsa")
                        || factory.getName().equals(algorithm))
                .toList();
        server.setSignatureFactories(offered);

        assertThat(logIn("alice")).isEqualTo("alice RSA hello");
    }

    @Test
    final void login_withSeveralKeys_offersAllAndSignsWithOne() throws Exception {
        put("ecdsa-384");
        put("rsa");
        users.add("alice", put("ed25519"));
        try (TokenSshKeys keys = keys()) {
            int before = clientToken.signatures();

            assertThat(run(keys, "alice", started())).isEqualTo("alice ED25519 hello");
            assertThat(clientToken.signatures()).isEqualTo(before + 1);
        }
    }

    @Test
    final void login_withAKeyThatIsNotAuthorized_isRefusedWithoutASignature() throws Exception {
        put("ecdsa-256");
        users.add("bob", put("ed25519"));
        try (TokenSshKeys keys = keys()) {
            int before = clientToken.signatures();

            assertThatThrownBy(() -> run(keys, "alice", started())).hasMessageContaining(refusal());
            assertThat(clientToken.signatures()).isEqualTo(before);
        }
    }

    @Test
    final void login_whenTheTokenIsPulledOut_isRefusedAndLaterServed() throws Exception {
        users.add("alice", put("ecdsa-256"));
        try (TokenSshKeys keys = keys()) {
            clientToken.answering(false);
            assertThatThrownBy(() -> run(keys, "alice", started())).hasStackTraceContaining(failure());

            clientToken.answering(true);
            assertThat(run(keys, "alice", server.getPort())).startsWith("alice ");
        }
    }

    @Test
    final void login_withAClosedSession_isRefused() throws Exception {
        users.add("alice", put("ecdsa-256"));
        try (TokenSshKeys keys = keys()) {
            clientSession.close();

            assertThatThrownBy(() -> run(keys, "alice", started())).hasStackTraceContaining(failure());
        }
    }

    private TokenSshKeys keys() throws Exception {
        return TokenSshKeys.matching(clientSession, new TokenSigner(), ObjectQuery.privateKeys());
    }

    private String logIn(String user) throws Exception {
        try (TokenSshKeys keys = keys()) {
            return run(keys, user, started());
        }
    }

    private int started() throws IOException {
        server.start();
        return server.getPort();
    }

    private SshPublicKey put(String type) throws Exception {
        clientToken.put(type, KeyFiles.secret("openssh-" + type).keyPair());
        return KeyFiles.open("openssh-" + type + ".pub");
    }
}
