package org.symbolon.ssh.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Session;
import org.symbolon.ssh.KeyFiles;
import org.symbolon.ssh.SoftAuthenticator;
import org.symbolon.ssh.SshKeyType;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.TestToken;
import org.symbolon.ssh.certificate.CertificateOptions;
import org.symbolon.ssh.certificate.CertificateValidity;
import org.symbolon.ssh.certificate.KeyRevocationList;
import org.symbolon.ssh.certificate.SshCertificate;
import org.symbolon.ssh.certificate.SshCertificateAuthority;
import org.symbolon.ssh.certificate.SshCertificateBuilder;
import org.symbolon.ssh.certificate.StoredCertificates;

/** Users and hosts that show OpenSSH certificates on MINA. */
class CertificateLoginTest {
    private static final String FILE = "openssh-ecdsa-384";

    private final CertificateValidity now = CertificateValidity.between(
            Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofHours(1)));
    private final TestToken token = new TestToken();
    private LoginFixture ssh;
    private Session session;
    private SshCertificateAuthority authority;

    @BeforeEach
    void open() throws Exception {
        ssh = new LoginFixture();
        session = token.open();
        token.put("ca", KeyFiles.secret("openssh-ed25519").keyPair());
        authority = SshCertificateAuthority.labelled(session, "ca");
        trust();
    }

    @AfterEach
    void close() throws IOException {
        ssh.close();
        session.close();
    }

    @Test
    void logIn_byACaOfTheServer_isLetInAsItsPrincipalsOnly() throws Exception {
        show(issue(user("alice", "deploy")));

        assertLetIn("alice");
        assertLetIn("deploy");
        assertRefused("bob");
    }

    @ParameterizedTest
    @CsvSource({"-7200, -3600", "3600, 7200"})
    void logIn_outOfTime_isRefused(int from, int until) throws Exception {
        Instant time = Instant.now();
        show(issue(
                user("alice").validity(CertificateValidity.between(time.plusSeconds(from), time.plusSeconds(until)))));

        assertRefused("alice");
    }

    @Test
    void logIn_byACaThatNobodyTrusts_isRefused() throws Exception {
        ssh.server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(ssh.keys));
        show(issue(user("alice")));

        assertRefused("alice");
    }

    @Test
    void logIn_byACaOfTheUser_isForTheUserAndThePrincipalsOfTheEntry() throws Exception {
        ssh.server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(ssh.keys));
        ssh.keys.add("alice", "cert-authority", authority.publicKey());
        ssh.keys.add("bob", "cert-authority,principals=\"alice,ops\",command=\"backup\"", authority.publicKey());
        show(issue(user("alice")));

        assertLetIn("alice");
        try (ClientSession client = ssh.logIn("bob")) {
            assertThat(LoginFixture.output(client.createExecChannel("ls"))).startsWith("exec backup");
        }
        assertRefused("carol");
    }

    @Test
    void logIn_byTheKeyOfACa_isRefused() throws Exception {
        ssh.keys.add("alice", "cert-authority", KeyFiles.open(FILE + ".pub"));
        ssh.as(FILE);
        ssh.start();

        assertRefused("alice");
    }

    @Test
    void logIn_withForceCommand_runsItAndHasNoTerminalOrForwarding() throws Exception {
        CertificateOptions options = CertificateOptions.none().withCritical("force-command", "backup");
        show(issue(user("alice").options(options)));

        try (ClientSession client = ssh.logIn("alice")) {
            assertThat(LoginFixture.output(client.createExecChannel("ls")))
                    .isEqualTo("exec backup; SSH_ORIGINAL_COMMAND=ls");
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.0/8, true", "10.0.0.0/8, false"})
    void logIn_withSourceAddress_isLetInFromThere(String addresses, boolean letIn) throws Exception {
        CertificateOptions options = CertificateOptions.userDefaults().withCritical("source-address", addresses);
        show(issue(user("alice").options(options)));

        if (letIn) {
            assertLetIn("alice");
        } else {
            assertRefused("alice");
        }
    }

    @Test
    void logIn_withACriticalOptionThatIsNotKnown_isRefused() throws Exception {
        show(issue(user("alice").options(CertificateOptions.userDefaults().withCritical("nonsense@example.com"))));

        assertRefused("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"certificate", "key", "ca"})
    void logIn_revoked_isRefused(String what) throws Exception {
        SshCertificate certificate = issue(user("alice"));
        KeyRevocationList revoked = switch (what) {
            case "certificate" ->
                KeyRevocationList.builder().revoke(certificate).build();
            case "key" ->
                KeyRevocationList.builder().revokeKey(certificate.key()).build();
            default ->
                KeyRevocationList.builder().revokeKey(authority.publicKey()).build();
        };
        show(certificate);
        assertLetIn("alice");

        ssh.server.setPublickeyAuthenticator(TokenPublickeyAuthenticator.builder(ssh.keys)
                .trustedAuthority(authority.publicKey()::equals)
                .revoked(() -> revoked)
                .build());

        assertRefused("alice");
    }

    @Test
    void logIn_plainKeyThatIsRevoked_isRefused() throws Exception {
        SshPublicKey key = ssh.as(FILE);
        ssh.keys.add("alice", "", key);
        ssh.start();
        assertLetIn("alice");

        KeyRevocationList revoked = KeyRevocationList.builder().revokeKey(key).build();
        ssh.server.setPublickeyAuthenticator(TokenPublickeyAuthenticator.builder(ssh.keys)
                .revoked(() -> revoked)
                .build());

        assertRefused("alice");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, false", "5, true"})
    void logIn_byACertifiedFidoKey_wantsATouch(int flags, boolean letIn) throws Exception {
        SoftAuthenticator authenticator = new SoftAuthenticator(SshKeyType.SK_ED25519);
        SshCertificate certificate = issue(SshCertificateBuilder.user(authenticator.key())
                .keyId("fido")
                .principals(List.of("alice"))
                .validity(now)
                .options(CertificateOptions.userDefaults()));
        ssh.client.setUserAuthFactories(List.of(RawLogin.signed(
                certificate.type(), certificate.blob(), message -> authenticator.sign(message, flags))));
        ssh.start();

        if (letIn) {
            assertLetIn("alice");
        } else {
            assertRefused("alice");
        }
    }

    @Test
    void logIn_verifyRequiredByTheCertificate_wantsIt() throws Exception {
        SoftAuthenticator authenticator = new SoftAuthenticator(SshKeyType.SK_ECDSA_P256);
        SshCertificate certificate = issue(SshCertificateBuilder.user(authenticator.key())
                .keyId("fido")
                .principals(List.of("alice"))
                .validity(now)
                .options(CertificateOptions.userDefaults().withCritical("verify-required")));
        ssh.start();
        ssh.client.setUserAuthFactories(List.of(
                RawLogin.signed(certificate.type(), certificate.blob(), message -> authenticator.sign(message, 1))));
        assertRefused("alice");
        ssh.client.setUserAuthFactories(List.of(
                RawLogin.signed(certificate.type(), certificate.blob(), message -> authenticator.sign(message, 5))));
        assertLetIn("alice");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "10.0.0.1, false"})
    void hostCertificate_ofATrustedCa_isBelievedForItsNameOnly(String principal, boolean believed) throws Exception {
        token.put("host", KeyFiles.secret("openssh-ecdsa-521").keyPair());
        SshPublicKey host = KeyFiles.open("openssh-ecdsa-521.pub");
        StoredCertificates.add(
                session,
                "host",
                issue(SshCertificateBuilder.host(host)
                        .keyId("host")
                        .principals(List.of(principal))
                        .validity(now)));
        ssh.keys.add("alice", "", ssh.as(FILE));
        try (TokenHostKeyProvider hostKeys = TokenHostKeyProvider.of(session, "host")) {
            ssh.server.setKeyPairProvider(hostKeys);
            ssh.server.setHostKeyCertificateProvider(hostKeys);
            ssh.client.setServerKeyVerifier(
                    new HostCertificateVerifier(authority.publicKey()::equals, (client, address, key) -> false));
            ssh.start();

            if (believed) {
                assertLetIn("alice");
                ssh.client.setServerKeyVerifier(
                        new HostCertificateVerifier(key -> false, (client, address, key) -> true));
            }
            assertThatThrownBy(() -> ssh.logIn("alice").close()).isInstanceOf(SshException.class);
        }
    }

    private void trust() {
        ssh.server.setPublickeyAuthenticator(TokenPublickeyAuthenticator.builder(ssh.keys)
                .trustedAuthority(authority.publicKey()::equals)
                .build());
    }

    private SshCertificateBuilder user(String... principals) throws Exception {
        return SshCertificateBuilder.user(KeyFiles.open(FILE + ".pub"))
                .keyId("a test")
                .principals(List.of(principals))
                .validity(now)
                .options(CertificateOptions.userDefaults());
    }

    private SshCertificate issue(SshCertificateBuilder request) throws Exception {
        return authority.issue(request);
    }

    private void show(SshCertificate certificate) throws IOException {
        ssh.client.setUserAuthFactories(List.of(RawLogin.signed(
                certificate.type(),
                certificate.blob(),
                message -> LoginFixture.sign(FILE, SshSignatureAlgorithm.ECDSA_P384, "SHA384withECDSA", message))));
        ssh.start();
    }

    private void assertLetIn(String user) throws IOException {
        try (ClientSession client = ssh.logIn(user)) {
            assertThat(client.isAuthenticated()).isTrue();
        }
    }

    private void assertRefused(String user) {
        assertThatThrownBy(() -> ssh.logIn(user).close()).isInstanceOf(SshException.class);
    }
}
