package org.symbolon.tests.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.mina.TokenSsh;
import org.symbolon.ssh.mina.publickey.PublicKeySubsystemChannel;
import org.symbolon.ssh.publickey.KeyAttribute;
import org.symbolon.ssh.publickey.ListedCertificate;
import org.symbolon.ssh.publickey.ListedKey;
import org.symbolon.ssh.publickey.NamespaceRight;
import org.symbolon.ssh.publickey.NamespaceRule;
import org.symbolon.ssh.publickey.PublicKeySubsystemClient;
import org.symbolon.ssh.publickey.PublicKeySubsystemException;
import org.symbolon.ssh.publickey.SelfServicePolicy;
import org.symbolon.ssh.publickey.SubsystemStatus;
import org.symbolon.ssh.publickey.SubsystemVersion;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/** Users bring their own keys into a soft token: with libssh2 (RFC 4819) and our own client (RFC 7076), for OpenSSH's. */
class SelfServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int REFUSED = 255;

    @TempDir
    private Path folder;

    private final SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient());
    private SelfServiceServer server;
    private OpenSsh openSsh;

    @BeforeEach
    void start() throws Exception {
        SelfServicePolicy policy = SelfServicePolicy.builder()
                .rule(NamespaceRule.of("alice", "ssl", NamespaceRight.values()))
                .rule(NamespaceRule.of("bob", "ssl", NamespaceRight.SEE, NamespaceRight.ADD))
                .build();
        server = new SelfServiceServer(folder.resolve("users.db"), policy);
        openSsh = new OpenSsh(folder);
        openSsh.trust(server.port(), server.trusted());
        client.setServerKeyVerifier((connection, address, offered) -> true);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.start();
    }

    @AfterEach
    void stop() throws Exception {
        client.stop();
        server.close();
    }

    @Test
    void libssh2_addsListsAndRemoves() throws Exception {
        Path source = folder.resolve("publickey.c");
        try (InputStream lines =
                Objects.requireNonNull(SelfServiceTest.class.getResourceAsStream("libssh2-publickey.c"))) {
            Files.copy(lines, source);
        }
        Peer.requireFile("libssh2-1-dev", Path.of("/usr/include/libssh2_publickey.h"));
        Path program = folder.resolve("publickey");
        Program gcc = Program.run(Peer.require("gcc", "gcc"), "-Wall", "-Werror", source, "-o", program, "-lssh2");
        assertThat(gcc.exitCode()).as(gcc.output()).isZero();

        Program added = Program.run(
                program,
                server.port(),
                "alice",
                SelfServiceServer.PASSWORD,
                "add",
                "add",
                "overwrite",
                "restrict",
                "list");

        assertThat(added.output().lines())
                .containsExactly(
                        "add: 0 ",
                        "add: -1 key already present",
                        "overwrite: 0 ",
                        "restrict: -1 unknown",
                        "key ssh-ed25519 51 bytes comment=from libssh2 from=127.0.0.1",
                        "1 keys",
                        "list: 0 ");
        assertThat(server.users().list("alice")).singleElement().satisfies(key -> {
            assertThat(key.comment()).isEqualTo("from libssh2");
            assertThat(key.restrictions().from()).hasSize(1);
        });

        Program removed =
                Program.run(program, server.port(), "alice", SelfServiceServer.PASSWORD, "remove", "remove", "list");

        assertThat(removed.output().lines())
                .containsExactly("remove: 0 ", "remove: -1 key not found", "0 keys", "list: 0 ");
        assertThat(server.users().list("alice")).isEmpty();
    }

    @Test
    void story_ofAKeyForOpenSsh_endsWithItsRemoval() throws Exception {
        SshPublicKey key = openSsh.newKey("laptop", "ed25519", 256);
        assertThat(openSsh.logIn(server.port(), "alice", "laptop").exitCode()).isEqualTo(REFUSED);
        try (ClientSession session = logIn("alice");
                PublicKeySubsystemChannel channel = open(session)) {
            channel.client().add(key, false, List.of(KeyAttribute.comment("my laptop")));

            Program ssh = openSsh.logIn(server.port(), "alice", "laptop");
            assertThat(ssh.output()).contains("hello alice: a command");
            assertThat(openSsh.logIn(server.port(), "bob", "laptop").exitCode()).isEqualTo(REFUSED);

            channel.client().add(key, true, List.of(KeyAttribute.critical("command-override", "backup")));
            assertThat(openSsh.logIn(server.port(), "alice", "laptop").output()).contains("hello alice: backup");

            channel.client().add(key, true, List.of(KeyAttribute.critical("from", "192.0.2.0/24")));
            assertThat(openSsh.logIn(server.port(), "alice", "laptop").exitCode())
                    .isEqualTo(REFUSED);

            List<ListedKey> listed = new ArrayList<>();
            channel.client().list(List.of(), listed::add);
            assertThat(listed)
                    .singleElement()
                    .satisfies(each -> assertThat(each.attributes())
                            .containsExactly(
                                    KeyAttribute.optional("from", "192.0.2.0/24"),
                                    KeyAttribute.optional("namespace", "ssh")));
            channel.client().remove(key, List.of());
        }
        assertThat(openSsh.logIn(server.port(), "alice", "laptop").exitCode()).isEqualTo(REFUSED);
        assertThat(server.users().list("alice")).isEmpty();
    }

    @Test
    void certificates_inNamespaces_areTheirUsersOnly() throws Exception {
        X509Certificate certificate = certificate();
        try (ClientSession alice = logIn("alice");
                ClientSession bob = logIn("bob");
                PublicKeySubsystemChannel aliceChannel = open(alice);
                PublicKeySubsystemChannel bobChannel = open(bob)) {
            PublicKeySubsystemClient hers = aliceChannel.client();
            PublicKeySubsystemClient his = bobChannel.client();
            assertThat(his.namespaces()).containsExactly("ssh");
            assertStatus(SubsystemStatus.CANNOT_CREATE_NAMESPACE, () -> his.addCertificate(certificate, "ssl", false));
            assertStatus(SubsystemStatus.ACTION_NOT_AUTHORIZED, () -> hers.addCertificate(certificate, "kmip", false));

            hers.addCertificate(certificate, "ssl", false);

            assertThat(hers.namespaces()).containsExactly("ssh", "ssl");
            assertStatus(
                    SubsystemStatus.CERTIFICATE_ALREADY_PRESENT, () -> hers.addCertificate(certificate, "ssl", false));
            hers.addCertificate(certificate, "ssl", true);
            assertThat(certificates(hers, Optional.empty())).singleElement().satisfies(listed -> {
                assertThat(listed.blob().toByteArray()).isEqualTo(certificate.getEncoded());
                assertThat(listed.namespace()).hasValue("ssl");
            });
            assertThat(certificates(hers, Optional.of("ssh"))).isEmpty();
            assertThat(certificates(his, Optional.of("ssl"))).isEmpty();
            assertThat(server.store().has("alice", "ssl", certificate)).isTrue();
            assertThat(server.store().has("bob", "ssl", certificate)).isFalse();

            his.addCertificate(certificate, "ssl", false);
            assertStatus(SubsystemStatus.ACTION_NOT_AUTHORIZED, () -> his.removeCertificate(certificate, "ssl"));
            hers.removeCertificate(certificate, "ssl");
            assertStatus(SubsystemStatus.CERTIFICATE_NOT_FOUND, () -> hers.removeCertificate(certificate, "ssl"));
            assertThat(certificates(his, Optional.of("ssl"))).hasSize(1);
        }
    }

    @Test
    void keys_inOtherNamespaces_letNobodyIn() throws Exception {
        SshPublicKey key = openSsh.newKey("device", "ecdsa", 256);
        KeyAttribute ssl = KeyAttribute.critical("namespace", "ssl");
        try (ClientSession session = logIn("alice");
                PublicKeySubsystemChannel channel = open(session)) {
            channel.client().add(key, false, List.of(ssl));

            assertThat(server.users().list("alice")).isEmpty();
            assertThat(openSsh.logIn(server.port(), "alice", "device").exitCode())
                    .isEqualTo(REFUSED);
            List<ListedKey> inSsl = new ArrayList<>();
            List<ListedKey> inSsh = new ArrayList<>();
            channel.client().list(List.of(ssl), inSsl::add);
            channel.client().list(List.of(KeyAttribute.critical("namespace", "ssh")), inSsh::add);
            assertThat(inSsl).hasSize(1);
            assertThat(inSsh).isEmpty();
            assertStatus(SubsystemStatus.KEY_NOT_FOUND, () -> channel.client().remove(key, List.of()));
            channel.client().remove(key, List.of(ssl));
        }
    }

    private ClientSession logIn(String user) throws Exception {
        ClientSession session = client.connect(user, "127.0.0.1", server.port())
                .verify(PATIENCE)
                .getSession();
        session.addPasswordIdentity(SelfServiceServer.PASSWORD);
        session.auth().verify(PATIENCE);
        return session;
    }

    private static PublicKeySubsystemChannel open(ClientSession session) throws Exception {
        return PublicKeySubsystemChannel.open(session, SubsystemVersion.RFC7076, PATIENCE);
    }

    private static List<ListedCertificate> certificates(PublicKeySubsystemClient from, Optional<String> namespace)
            throws Exception {
        List<ListedCertificate> listed = new ArrayList<>();
        from.certificates(namespace, listed::add);
        return listed;
    }

    private static void assertStatus(SubsystemStatus status, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        PublicKeySubsystemException.class,
                        e -> assertThat(e.status()).as(e.getMessage()).isEqualTo(status));
    }

    private X509Certificate certificate() throws Exception {
        Path file = folder.resolve("certificate.pem");
        Program openssl = Program.run(
                folder,
                Map.of(),
                List.of(
                        Peer.require("openssl", "openssl"),
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-subj",
                        "/CN=alice",
                        "-keyout",
                        folder.resolve("certificate.key"),
                        "-out",
                        file));
        assertThat(openssl.exitCode()).as(openssl.output()).isZero();
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
