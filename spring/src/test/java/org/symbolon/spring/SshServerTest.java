package org.symbolon.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.PublicKey;
import java.util.EnumSet;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.symbolon.Session;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.mina.TokenClientIdentities;
import org.symbolon.ssh.mina.TokenHostKeyProvider;
import org.symbolon.ssh.mina.TokenPublickeyAuthenticator;

class SshServerTest {
    @TempDir
    private Path directory;

    private TestToken team;

    @BeforeEach
    void makeToken() throws Exception {
        team = TestToken.in(directory);
        team.generate("ssh-host");
        team.generate("user-key");
        team.use(session -> TokenAuthorizedKeys.in(session)
                .add("alice", SshPublicKey.of(PublicKeys.of(session.publicKey("user-key")))));
    }

    private ApplicationContextRunner runner(String... properties) {
        return SshLogin.application(team, properties);
    }

    private ApplicationContextRunner server(String... properties) {
        return SshLogin.server(team, properties);
    }

    @Test
    void server_withAllItsKeysInToken_letsKnownUsersIn() {
        AtomicReference<SshServer> stopped = new AtomicReference<>();
        server().run(context -> {
            SshServer server = context.getBean(SshServer.class);
            stopped.set(server);
            PublicKey hostKey = PublicKeys.of(context.getBean(Session.class).publicKey("ssh-host"));

            assertThat(run(context, "alice", hostKey)).isEqualTo("alice hello");
            assertThatThrownBy(() -> run(context, "bob", hostKey)).isInstanceOf(SshException.class);
        });

        assertThat(Objects.requireNonNull(stopped.get()).isStarted()).isFalse();
    }

    @Test
    void server_afterAKeyWasRemoved_refusesIt() {
        server().run(context -> {
            Session session = context.getBean(Session.class);
            PublicKey hostKey = PublicKeys.of(session.publicKey("ssh-host"));
            assertThat(run(context, "alice", hostKey)).isEqualTo("alice hello");

            context.getBean(AuthorizedKeys.class)
                    .remove("alice", SshPublicKey.of(PublicKeys.of(session.publicKey("user-key"))));

            assertThatThrownBy(() -> run(context, "alice", hostKey)).isInstanceOf(SshException.class);
        });
    }

    @Test
    void server_withAKeyThatIsRestricted_runsItsCommandOnly() {
        server().run(context -> {
            Session session = context.getBean(Session.class);
            AuthorizedKeys users = context.getBean(AuthorizedKeys.class);
            SshPublicKey key = SshPublicKey.of(PublicKeys.of(session.publicKey("user-key")));
            users.remove("alice", key);
            users.add(
                    "alice",
                    key,
                    AuthorizedKeyOptions.of(
                            LoginRestrictions.builder().command("report").build()),
                    "");

            assertThat(run(context, "alice", PublicKeys.of(session.publicKey("ssh-host"))))
                    .isEqualTo("alice report");
        });
    }

    @Test
    void server_withCache_remembersAndHearsOfChanges() {
        server("symbolon.ssh.cache-age=1m", "symbolon.ssh.outage=1h").run(context -> {
            Session session = context.getBean(Session.class);
            PublicKey hostKey = PublicKeys.of(session.publicKey("ssh-host"));
            assertThat(run(context, "alice", hostKey)).isEqualTo("alice hello");

            TokenAuthorizedKeys.in(session)
                    .remove("alice", SshPublicKey.of(PublicKeys.of(session.publicKey("user-key"))));

            assertThatThrownBy(() -> run(context, "alice", hostKey)).isInstanceOf(SshException.class);
        });
    }

    @Test
    void server_endSessions_endsThatOfARemovedKey() {
        server("symbolon.ssh.end-sessions=5m", "symbolon.ssh.revocation=signed-request")
                .run(context -> {
                    Session session = context.getBean(Session.class);
                    PublicKey hostKey = PublicKeys.of(session.publicKey("ssh-host"));
                    logIn(context, "alice", hostKey, live -> {
                        context.getBean(AuthorizedKeys.class)
                                .remove("alice", SshPublicKey.of(PublicKeys.of(session.publicKey("user-key"))));

                        assertThat(live.waitFor(EnumSet.of(ClientSession.ClientSessionEvent.CLOSED), SshLogin.PATIENCE))
                                .contains(ClientSession.ClientSessionEvent.CLOSED);
                        return "";
                    });
                });
    }

    @Test
    void server_withLimitsThatCannotBe_saysWhich() {
        server("symbolon.ssh.server.workers=1")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining(
                                "symbolon.ssh.server cannot be used: workers is 1; it must be 2 to 1024"));
        server("symbolon.ssh.cache-age=2h")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("cannot be used: age is PT2H; it must be 0 to PT1H"));
        server("symbolon.ssh.end-sessions=2d")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("symbolon.ssh.end-sessions cannot be used: endSessions is PT48H;"
                                + " it must be more than 0 and at most PT24H"));
        server("symbolon.ssh.trusted-user-ca-keys=nonsense")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("symbolon.ssh.trusted-user-ca-keys cannot be used: "));
    }

    @Test
    void server_withoutLabels_usesEveryKeyThatCanSign() {
        server("symbolon.ssh.host-key-label=")
                .run(context -> assertThat(
                                context.getBean(TokenHostKeyProvider.class).loadKeys(null))
                        .isNotEmpty());
    }

    @Test
    void server_withCustomizer_isAsItSays() {
        server().withBean(
                        SshServerCustomizer.class,
                        () -> server -> server.getProperties().put("server-identification", "CUSTOM"))
                .run(context -> assertThat(context.getBean(SshServer.class).getProperties())
                        .containsEntry("server-identification", "CUSTOM"));
    }

    @Test
    void server_onPortThatIsTaken_doesNotStart() {
        server().run(first -> {
            int port = first.getBean(SshServer.class).getPort();
            server("symbolon.ssh.server.port=" + port)
                    .run(second -> assertThat(Contexts.messages(Objects.requireNonNull(second.getStartupFailure())))
                            .contains(
                                    "symbolon.ssh.server.port is " + port + ", where the SSH server cannot listen: "));
        });
    }

    @Test
    void beans_withoutServer_areThereForOthers() {
        runner("symbolon.ssh.users=team")
                .run(context -> assertThat(context)
                        .hasSingleBean(TokenPublickeyAuthenticator.class)
                        .hasSingleBean(AuthorizedKeys.class)
                        .doesNotHaveBean(KeyPairProvider.class)
                        .doesNotHaveBean(SshServer.class));
    }

    @Test
    void beans_withoutProperties_areNotThere() {
        runner().run(context -> assertThat(context)
                .doesNotHaveBean(TokenPublickeyAuthenticator.class)
                .doesNotHaveBean(KeyPairProvider.class)
                .doesNotHaveBean(SshServer.class));
    }

    @Test
    void beans_withoutMina_areNotThere() {
        runner("symbolon.ssh.users=team")
                .withClassLoader(new FilteredClassLoader(SshServer.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TokenPublickeyAuthenticator.class));
    }

    @Test
    void server_withoutHostKey_saysWhatToSet() {
        runner("symbolon.ssh.users=team", "symbolon.ssh.server.port=0")
                .run(context -> assertThat(Contexts.messages(Objects.requireNonNull(context.getStartupFailure())))
                        .contains(
                                "symbolon.ssh.server.port starts an SSH server, and nothing says what its host key is;"
                                        + " set symbolon.ssh.host-keys or define a KeyPairProvider bean"));
    }

    @Test
    void server_withoutUsers_saysWhatToSet() {
        runner("symbolon.ssh.host-keys=team", "symbolon.ssh.server.port=0")
                .run(context -> assertThat(Contexts.messages(Objects.requireNonNull(context.getStartupFailure())))
                        .contains("symbolon.ssh.server.port starts an SSH server, and nothing says who may log in; set"
                                + " symbolon.ssh.users or define a PublickeyAuthenticator bean"));
    }

    @Test
    void users_inUnknownToken_areRefused() {
        runner("symbolon.ssh.users=taem")
                .run(context -> assertThat(Contexts.messages(Objects.requireNonNull(context.getStartupFailure())))
                        .contains("symbolon.ssh.users names no token, 'taem'; there are team"));
    }

    @Test
    void users_withBadPattern_areRefused() {
        runner("symbolon.ssh.users=team", "symbolon.ssh.user-label=nobody")
                .run(context -> assertThat(Contexts.messages(Objects.requireNonNull(context.getStartupFailure())))
                        .contains("symbolon.ssh.user-label cannot be used: "));
    }

    @Test
    void hostKeys_ofUnknownLabel_areRefused() {
        runner("symbolon.ssh.host-keys=team", "symbolon.ssh.host-key-label=nothing")
                .run(context -> assertThat(Contexts.messages(Objects.requireNonNull(context.getStartupFailure())))
                        .contains(
                                "symbolon.ssh.host-key-label cannot be used: No private key is labelled \"nothing\""));
    }

    private static String run(ApplicationContext context, String user, PublicKey hostKey) throws Exception {
        return logIn(context, user, hostKey, session -> session.executeRemoteCommand("hello"));
    }

    private static String logIn(ApplicationContext context, String user, PublicKey hostKey, SshLogin.Work work)
            throws Exception {
        try (TokenClientIdentities identities = TokenClientIdentities.of(context.getBean(Session.class), "user-key")) {
            return SshLogin.as(
                    user,
                    context,
                    client -> {
                        client.setServerKeyVerifier((session, address, key) -> key.equals(hostKey));
                        client.setKeyIdentityProvider(identities);
                    },
                    session -> {},
                    work);
        }
    }
}
