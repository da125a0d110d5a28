package org.symbolon.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Objects;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.mina.publickey.PublicKeySubsystemChannel;
import org.symbolon.ssh.publickey.PublicKeySubsystem;
import org.symbolon.ssh.publickey.PublicKeySubsystemException;
import org.symbolon.ssh.publickey.SubsystemVersion;

class SshSelfServiceTest {
    @TempDir
    private Path directory;

    private TestToken team;
    private KeyPair own;

    @BeforeEach
    void makeToken() throws Exception {
        team = TestToken.in(directory);
        team.generate("ssh-host");
        own = newKey();
    }

    private ApplicationContextRunner server(String... properties) {
        return SshLogin.server(team, properties)
                .withBean(PasswordAuthenticator.class, () -> (user, password, session) -> password.equals("first"));
    }

    @Test
    void user_whoAddsAKeyByPassword_logsInByIt() {
        server("symbolon.ssh.self-service.enabled=true", "symbolon.ssh.self-service.keys-per-user=1")
                .run(context -> {
                    assertThatThrownBy(() -> byKey(context)).isInstanceOf(SshException.class);

                    byPassword(context, session -> {
                        add(session, own);
                        assertThatThrownBy(() -> add(session, newKey()))
                                .isInstanceOf(PublicKeySubsystemException.class)
                                .hasMessageContaining("1");
                        return "";
                    });

                    assertThat(byKey(context)).isEqualTo("alice hello");
                });
    }

    @Test
    void selfService_namespaceThatIsReadOnly_takesNothing() {
        server(
                        "symbolon.ssh.self-service.enabled=true",
                        "symbolon.ssh.self-service.namespaces.ssh.rights=see",
                        "symbolon.ssh.self-service.namespaces.vault.token=team")
                .run(context -> byPassword(context, session -> {
                    assertThatThrownBy(() -> add(session, own)).isInstanceOf(PublicKeySubsystemException.class);
                    return "";
                }));
    }

    @Test
    void selfService_notEnabled_isNotThere() {
        server("symbolon.ssh.self-service.keys-per-user=1")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PublicKeySubsystem.class));
    }

    @Test
    void selfService_thatCannotBe_saysWhatToSet() {
        assertFailure(
                "symbolon.ssh.self-service cannot be used: maxKeys is -1",
                "symbolon.ssh.self-service.keys-per-user=-1");
        assertFailure(
                "symbolon.ssh.self-service cannot be used: the namespace ssh has no token of its own",
                "symbolon.ssh.self-service.namespaces.ssh.token=team");
        assertFailure(
                "symbolon.ssh.self-service.namespaces.ssl.token names no token, 'taem'",
                "symbolon.ssh.self-service.namespaces.ssl.token=taem");
    }

    private void assertFailure(String message, String property) {
        server("symbolon.ssh.self-service.enabled=true", property)
                .run(context -> assertThat(Objects.requireNonNull(context.getStartupFailure()))
                        .hasStackTraceContaining(message));
    }

    private static void add(ClientSession session, KeyPair key) throws Exception {
        try (PublicKeySubsystemChannel channel =
                PublicKeySubsystemChannel.open(session, SubsystemVersion.RFC7076, SshLogin.PATIENCE)) {
            channel.client().add(SshPublicKey.of(key.getPublic()), false, List.of());
        }
    }

    private static void byPassword(ApplicationContext context, SshLogin.Work work) throws Exception {
        SshLogin.as(
                "alice",
                context,
                client -> client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE),
                session -> session.addPasswordIdentity("first"),
                work);
    }

    private String byKey(ApplicationContext context) throws Exception {
        return SshLogin.as(
                "alice",
                context,
                client -> client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE),
                session -> session.addPublicKeyIdentity(own),
                session -> session.executeRemoteCommand("hello"));
    }

    private static KeyPair newKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
