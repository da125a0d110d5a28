package org.symbolon.ssh.mina.publickey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbolon.Session;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.KeyFiles;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.LoginRight;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TestToken;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.mina.TokenClientIdentities;
import org.symbolon.ssh.mina.TokenHostKeyProvider;
import org.symbolon.ssh.mina.TokenPublickeyAuthenticator;
import org.symbolon.ssh.mina.TokenSsh;
import org.symbolon.ssh.publickey.KeyAttribute;
import org.symbolon.ssh.publickey.ListedKey;
import org.symbolon.ssh.publickey.PublicKeySubsystem;
import org.symbolon.ssh.publickey.PublicKeySubsystemClient;
import org.symbolon.ssh.publickey.SelfServicePolicy;
import org.symbolon.ssh.publickey.SubsystemVersion;
import org.symbolon.ssh.publickey.TokenSelfServiceStore;

/** Users of a MINA server who bring their own keys. */
class SelfServiceLoginTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASSWORD = "correct horse";

    private final TestToken serverToken = new TestToken();
    private final TestToken clientToken = new TestToken();
    private final SshServer server = TokenSsh.configure(SshServer.setUpDefaultServer());
    private final SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient());
    private TokenAuthorizedKeys users;
    private SshPublicKey key;

    @BeforeEach
    void start() throws Exception {
        Session session = serverToken.open();
        users = TokenAuthorizedKeys.in(session);
        KeyPair pair = KeyFiles.secret("openssh-ecdsa-256").keyPair();
        clientToken.put("laptop", pair);
        key = KeyFiles.open("openssh-ecdsa-256.pub");
        serverToken.put("host", KeyFiles.secret("openssh-ed25519").keyPair());
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(TokenHostKeyProvider.of(session, "host"));
        server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(users));
        server.setPasswordAuthenticator(new PasswordUntilFirstKey(
                (user, password, connection) -> user.equals("alice") && password.equals(PASSWORD), users));
        server.setCommandFactory((channel, command) -> new GreetingCommand(command));
        server.setSubsystemFactories(PublicKeySubsystemFactory.of(
                new PublicKeySubsystem(TokenSelfServiceStore.of(session, users), SelfServicePolicy.ofDefaults())));
        server.start();
        client.setServerKeyVerifier((connection, address, offered) -> true);
        client.start();
    }

    @AfterEach
    void stop() throws IOException {
        client.stop();
        server.stop(true);
    }

    private ClientSession logIn(boolean byPassword) throws Exception {
        ClientSession session = client.connect("alice", "127.0.0.1", server.getPort())
                .verify(PATIENCE)
                .getSession();
        if (byPassword) {
            session.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
            session.addPasswordIdentity(PASSWORD);
        } else {
            session.setKeyIdentityProvider(TokenClientIdentities.of(clientToken.open(), "laptop"));
        }
        session.auth().verify(PATIENCE);
        return session;
    }

    private static List<ListedKey> list(PublicKeySubsystemClient subsystem) throws IOException {
        List<ListedKey> keys = new ArrayList<>();
        subsystem.list(List.of(), keys::add);
        return keys;
    }

    @ParameterizedTest
    @EnumSource(SubsystemVersion.class)
    void story_ofAUserWithAPassword_endsWithoutAny(SubsystemVersion version) throws Exception {
        try (ClientSession session = logIn(true);
                PublicKeySubsystemChannel channel = PublicKeySubsystemChannel.open(session, version, PATIENCE)) {
            assertThat(channel.client().version()).isEqualTo(version);
            assertThat(list(channel.client())).isEmpty();
            channel.client().add(key, false, List.of(KeyAttribute.comment("laptop")));
        }
        try (ClientSession session = logIn(false)) {
            assertThat(session.executeRemoteCommand("hello")).isEqualTo("alice: hello");
            assertThatThrownBy(() -> logIn(true)).isInstanceOf(SshException.class);
            try (PublicKeySubsystemChannel channel = PublicKeySubsystemChannel.open(session, version, PATIENCE)) {
                assertThat(list(channel.client())).singleElement().satisfies(listed -> {
                    assertThat(listed.key()).hasValue(key);
                    assertThat(listed.attribute("comment")).hasValue("laptop");
                });
                channel.client().remove(key, List.of());
                assertThat(list(channel.client())).isEmpty();
            }
        }
        assertThatThrownBy(() -> logIn(false)).isInstanceOf(SshException.class);
        logIn(true).close();
    }

    @Test
    void key_withACommandOfItsOwn_runsThatOnly() throws Exception {
        try (ClientSession session = logIn(true);
                PublicKeySubsystemChannel channel =
                        PublicKeySubsystemChannel.open(session, SubsystemVersion.RFC4819, PATIENCE)) {
            channel.client().add(key, false, List.of(KeyAttribute.critical("command-override", "backup")));
        }
        try (ClientSession session = logIn(false)) {
            assertThat(session.executeRemoteCommand("hello")).isEqualTo("alice: backup");
        }
    }

    @Test
    void key_fromElsewhere_isRefused() throws Exception {
        try (ClientSession session = logIn(true);
                PublicKeySubsystemChannel channel =
                        PublicKeySubsystemChannel.open(session, SubsystemVersion.RFC4819, PATIENCE)) {
            channel.client().add(key, false, List.of(KeyAttribute.critical("from", "192.0.2.1")));
        }
        assertThatThrownBy(() -> logIn(false)).isInstanceOf(SshException.class);
    }

    @Test
    void subsystem_forALoginByARestrictedKey_isRefused() throws Exception {
        users.add(
                "alice",
                key,
                AuthorizedKeyOptions.of(LoginRestrictions.builder()
                        .deny(LoginRight.X11_FORWARDING)
                        .build()),
                "");
        try (ClientSession session = logIn(false)) {
            assertThatThrownBy(() -> PublicKeySubsystemChannel.open(session, SubsystemVersion.RFC7076, PATIENCE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("publickey@p6r.com");
            assertThat(session.executeRemoteCommand("hello")).isEqualTo("alice: hello");
        }
        assertThat(users.list("alice")).hasSize(1);
    }
}
