package org.symbolon.tests.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.certificate.CertificateOptions;
import org.symbolon.ssh.certificate.CertificateValidity;
import org.symbolon.ssh.certificate.KeyRevocationList;
import org.symbolon.ssh.certificate.KrlFile;
import org.symbolon.ssh.certificate.SshCertificate;
import org.symbolon.ssh.certificate.SshCertificateAuthority;
import org.symbolon.ssh.certificate.SshCertificateBuilder;
import org.symbolon.ssh.certificate.TokenRevocations;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;

/** Stock OpenSSH trusts an authority whose key is in a token: TrustedUserCAKeys, RevokedKeys, HostCertificate. */
class OpenSshCertificatesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private TokenModule module;
    private Session session;

    /** The types of keys that an authority may have. */
    enum Authority {
        ED25519(Mechanism.keyPairGen(NamedCurve.ED25519)),
        P384(Mechanism.keyPairGen(NamedCurve.P384)),
        RSA(Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(3072));

        private final Mechanism mechanism;

        Authority(Mechanism mechanism) {
            this.mechanism = mechanism;
        }
    }

    @BeforeEach
    void open() throws Exception {
        module = SoftTokens.inMemory();
        session = SoftTokens.newSession(module, "CA");
    }

    @AfterEach
    void close() {
        module.close();
    }

    @ParameterizedTest
    @EnumSource
    void certificates_forUserAndHost_areTrustedUntilRevoked(Authority type) throws Exception {
        session.generateKeyPair(type.mechanism, Template.label("ca").onToken());
        SshCertificateAuthority authority = SshCertificateAuthority.labelled(session, "ca");
        Path revoked = folder.resolve("revoked");
        OpenSsh client = new OpenSsh(folder);
        SshCertificate host = authority.issue(SshCertificateBuilder.host(client.newKey("host", "ed25519", 256))
                .keyId("host")
                .principals(List.of("127.0.0.1")));
        write("host-cert.pub", host.toOpenSshLine(""));
        write("ca.pub", authority.publicKey().toOpenSshLine("ca"));
        write("known_hosts", "@cert-authority * " + authority.publicKey().toOpenSshLine(""));
        SshCertificate user = authority.issue(request(client.newKey("user", "ecdsa", 256))
                .options(CertificateOptions.parse(List.of("force-command=echo forced", "source-address=127.0.0.0/8"))));
        write("user-cert.pub", user.toOpenSshLine(""));

        try (KrlFile followed = KrlFile.following(session, revoked);
                OpenSshServer sshd = OpenSshServer.start(
                        folder,
                        List.of(
                                "TrustedUserCAKeys " + folder.resolve("ca.pub"),
                                "RevokedKeys " + revoked,
                                "HostCertificate " + folder.resolve("host-cert.pub")))) {
            Program loggedIn = client.logIn(sshd.port(), OpenSshServer.USER, "user");
            assertThat(loggedIn.output()).contains("forced");
            assertThat(loggedIn.exitCode()).isZero();
            assertThat(query(revoked)).contains("user-cert.pub").doesNotContain("REVOKED");

            new TokenRevocations(session).add(KeyRevocationList.builder().revoke(user), Instant.now());

            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() ->
                            KeyRevocationList.parse(Files.readAllBytes(revoked)).isRevoked(user));
            assertThat(query(revoked)).contains("REVOKED");
            assertThat(client.logIn(sshd.port(), OpenSshServer.USER, "user").exitCode())
                    .isNotZero();
            assertThat(sshd.log()).contains("revoked");
            assertThat(followed).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ED25519")
    void certificate_expiredOrForAnotherUser_isRefused(Authority type) throws Exception {
        session.generateKeyPair(type.mechanism, Template.label("ca").onToken());
        SshCertificateAuthority authority = SshCertificateAuthority.labelled(session, "ca");
        OpenSsh client = new OpenSsh(folder);
        SshPublicKey key = client.newKey("user", "ed25519", 256);
        write("ca.pub", authority.publicKey().toOpenSshLine("ca"));
        Instant now = Instant.now();
        try (OpenSshServer sshd =
                OpenSshServer.start(folder, List.of("TrustedUserCAKeys " + folder.resolve("ca.pub")))) {
            client.trust(sshd.port(), List.of(sshd.hostKey()));
            List<SshCertificateBuilder> refused = List.of(
                    request(key).validity(CertificateValidity.between(now.minusSeconds(7200), now.minusSeconds(3600))),
                    request(key).principals(List.of("somebody.else")),
                    SshCertificateBuilder.host(key).keyId("x").principals(List.of(OpenSshServer.USER)));
            for (SshCertificateBuilder each : refused) {
                write("user-cert.pub", authority.issue(each).toOpenSshLine(""));
                assertThat(client.logIn(sshd.port(), OpenSshServer.USER, "user").exitCode())
                        .isNotZero();
            }
            write("user-cert.pub", authority.issue(request(key)).toOpenSshLine(""));
            Program program = client.logIn(sshd.port(), OpenSshServer.USER, "user");
            assertThat(program.output()).as(sshd.log()).contains("a: ");
        }
    }

    private static SshCertificateBuilder request(SshPublicKey key) {
        Instant now = Instant.now();
        return SshCertificateBuilder.user(key)
                .keyId("somebody's laptop")
                .principals(List.of("deploy", OpenSshServer.USER))
                .validity(CertificateValidity.between(now.minusSeconds(60), now.plusSeconds(3600)));
    }

    private String query(Path revoked) throws Exception {
        return Program.run(
                        folder,
                        Map.of(),
                        List.of(Peer.require("ssh-keygen", "openssh-client"), "-Q", "-f", revoked, "user-cert.pub"))
                .output();
    }

    private void write(String name, String line) throws Exception {
        Files.writeString(folder.resolve(name), line + "\n");
    }
}
