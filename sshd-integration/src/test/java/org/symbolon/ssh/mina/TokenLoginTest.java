package org.symbolon.ssh.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Session;
import org.symbolon.config.SshConfiguration;
import org.symbolon.ssh.KeyFiles;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TestToken;
import org.symbolon.ssh.TokenAuthorizedKeys;

/** A MINA server and a MINA client whose keys are all in tokens. */
class TokenLoginTest {
    private static final List<String> TYPES = List.of("rsa", "ecdsa-256", "ecdsa-384", "ecdsa-521", "ed25519");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestToken serverToken = new TestToken();
    private final TestToken clientToken = new TestToken();
    private final AtomicReference<PublicKey> hostKey = new AtomicReference<>();
    private final SshServer server = TokenSsh.configure(SshServer.setUpDefaultServer());
    private final SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient());
    private Session serverSession;
    private Session clientSession;
    private TokenAuthorizedKeys keys;

    @BeforeEach
    void open() throws Exception {
        serverSession = serverToken.open();
        clientSession = clientToken.open();
        keys = TokenAuthorizedKeys.in(serverSession);
    }

    @AfterEach
    void stop() throws IOException {
        client.stop();
        server.stop(true);
    }

    static Stream<Arguments> pairs() {
        return TYPES.stream().flatMap(host -> TYPES.stream().map(user -> Arguments.of(host, user)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void login_everyHostKeyWithEveryUserKey_runsACommand(String host, String user) throws Exception {
        start(host);
        SshPublicKey open = give("alice", user);
        client.setKeyIdentityProvider(TokenClientIdentities.of(clientSession, "alice"));

        assertThat(run("alice")).isEqualTo("alice " + open.type() + " hello");
        assertThat(seenHostKey()).isEqualTo(publicKey(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ecdsa-256"})
    void login_keyThatIsNotInAToken_isUsedAsMinaDoes(String type) throws Exception {
        start("ecdsa-384");
        keys.add("alice", publicKey(type));
        client.setKeyIdentityProvider(KeyIdentityProvider.wrapKeyPairs(
                KeyFiles.secret("openssh-" + type).keyPair()));

        assertThat(run("alice")).startsWith("alice ");
    }

    @Test
    void login_afterTheKeyWasRemoved_isRefused() throws Exception {
        start("ed25519");
        SshPublicKey open = give("alice", "ecdsa-256");
        client.setKeyIdentityProvider(TokenClientIdentities.of(clientSession, "alice"));
        assertThat(run("alice")).startsWith("alice ");

        keys.remove("alice", open);

        assertRefused("alice");
    }

    @Test
    void login_asAnotherUser_isRefused() throws Exception {
        start("ed25519");
        give("alice", "ecdsa-256");
        client.setKeyIdentityProvider(TokenClientIdentities.of(clientSession, "alice"));

        for (String user : List.of("bob", "ALICE", "alice\0", "alice\n", "'", "x".repeat(5000))) {
            assertRefused(user);
        }
    }

    @Test
    void login_withAKeyThatIsNotVouchedFor_isRefused() throws Exception {
        start("ed25519");
        give("alice", "ecdsa-256");
        client.setKeyIdentityProvider(TokenClientIdentities.of(clientSession, "alice"));
        serverToken.vouching(false);

        assertRefused("alice");
    }

    @Test
    void login_whenOnlyTheStoreFails_isRefusedAndLaterServed() throws Exception {
        TestToken store = new TestToken();
        TokenAuthorizedKeys elsewhere = TokenAuthorizedKeys.in(store.open());
        start("ed25519");
        server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(elsewhere));
        elsewhere.add("alice", give("alice", "ed25519"));
        client.setKeyIdentityProvider(TokenClientIdentities.of(clientSession, "alice"));

        store.answering(false);
        assertRefused("alice");
        store.answering(true);
        assertThat(run("alice")).startsWith("alice ");
    }

    @Test
    void authenticate_withAClosedSession_isNo() throws Exception {
        TokenPublickeyAuthenticator authenticator = new TokenPublickeyAuthenticator(keys);
        keys.add("alice", publicKey("ed25519"));
        PublicKey key = publicKey("ed25519").toPublicKey();
        assertThat(authenticator.isAuthorized("alice", key)).isTrue();

        serverSession.close();

        assertThatThrownBy(() -> keys.find("alice", publicKey("ed25519"))).isInstanceOf(IllegalStateException.class);
        assertThat(authenticator.isAuthorized("alice", key)).isFalse();
    }

    @Test
    void hostKeys_ofTheConfiguration_areThoseOfItsLabelElseAll() throws Exception {
        assertThatThrownBy(() -> TokenHostKeyProvider.of(serverSession, hostKeys(Optional.empty())))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageStartingWith("No private key in token \"Test\" can sign for SSH");
        serverToken.put("host", KeyFiles.secret("openssh-ed25519").keyPair());
        serverToken.put("other", KeyFiles.secret("openssh-rsa").keyPair());

        try (TokenHostKeyProvider labelled = TokenHostKeyProvider.of(serverSession, hostKeys(Optional.of("host")));
                TokenHostKeyProvider all = TokenHostKeyProvider.of(serverSession, hostKeys(Optional.empty()))) {
            assertThat(labelled.loadKeys(null)).hasSize(1);
            assertThat(all.loadKeys(null)).hasSize(2);
        }
    }

    private static SshConfiguration hostKeys(Optional<String> label) {
        return new SshConfiguration(
                Optional.empty(), SshConfiguration.USER, SshConfiguration.FindBy.ID, Optional.of("team"), label);
    }

    @Test
    void login_whenTheClientsTokenIsPulledOut_fails() throws Exception {
        start("ed25519");
        give("alice", "ecdsa-256");
        client.setKeyIdentityProvider(TokenClientIdentities.of(clientSession, "alice"));
        clientToken.answering(false);

        assertRefused("alice");
    }

    @Test
    void login_severalIdentities_offersAllOfThem() throws Exception {
        start("rsa");
        give("other", "rsa");
        give("alice", "ed25519");
        client.setKeyIdentityProvider(TokenClientIdentities.all(clientSession));

        assertThat(run("alice")).isEqualTo("alice ED25519 hello");
    }

    @Test
    void hostKey_replacedInTheToken_isTheNewOneWithoutRestart() throws Exception {
        start("ed25519");
        give("alice", "ecdsa-256");
        client.setKeyIdentityProvider(TokenClientIdentities.of(clientSession, "alice"));
        run("alice");
        assertThat(seenHostKey()).isEqualTo(publicKey("ed25519"));

        serverSession.destroy(serverSession.privateKey("host"));
        serverToken.put("host", KeyFiles.secret("openssh-ecdsa-521").keyPair());
        org.awaitility.Awaitility.await()
                .until(() ->
                        server.getKeyPairProvider().getKeyTypes(null).iterator().hasNext());

        run("alice");
        assertThat(seenHostKey()).isEqualTo(publicKey("ecdsa-521"));
    }

    private void start(String hostType) throws Exception {
        serverToken.put("host", KeyFiles.secret("openssh-" + hostType).keyPair());
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(TokenHostKeyProvider.of(serverSession, "host"));
        server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(keys));
        server.setCommandFactory((channel, command) -> new EchoCommand(command));
        server.start();
        client.setServerKeyVerifier((session, address, key) -> {
            hostKey.set(key);
            return true;
        });
        client.start();
    }

    /** Puts a key pair into the client's token and lets its public half log in as the user. */
    private SshPublicKey give(String user, String type) throws Exception {
        clientToken.put(user, KeyFiles.secret("openssh-" + type).keyPair());
        keys.add(user, publicKey(type));
        return publicKey(type);
    }

    private static SshPublicKey publicKey(String type) throws Exception {
        return KeyFiles.open("openssh-" + type + ".pub");
    }

    private SshPublicKey seenHostKey() throws Exception {
        return SshPublicKey.of(Objects.requireNonNull(hostKey.get(), "no host key was seen"));
    }

    private String run(String user) throws IOException {
        try (ClientSession session = client.connect(user, "127.0.0.1", server.getPort())
                .verify(PATIENCE)
                .getSession()) {
            session.auth().verify(PATIENCE);
            return session.executeRemoteCommand("hello");
        }
    }

    private void assertRefused(String user) {
        assertThatThrownBy(() -> run(user)).isInstanceOf(SshException.class);
    }
}
