package org.symbolon.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import javax.security.auth.x500.X500Principal;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.common.SshException;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.symbolon.Attribute;
import org.symbolon.Session;
import org.symbolon.key.Certificates;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKeys;
import org.symbolon.ssh.mina.x509.X509Ssh;
import org.symbolon.ssh.publickey.SelfServiceStore;
import org.symbolon.ssh.x509.FileTrustAnchors;
import org.symbolon.ssh.x509.RevocationPolicy;
import org.symbolon.ssh.x509.TokenX509Keys;
import org.symbolon.ssh.x509.X509Validator;

class SshX509Test {
    private static final X500Principal CA = new X500Principal("CN=CA");

    @TempDir
    private Path directory;

    private TestToken team;
    private KeyPair ca;
    private Path anchor;
    private X509Certificate alice;

    @BeforeEach
    void makeToken() throws Exception {
        team = TestToken.in(directory);
        team.generate("ssh-host");
        team.generate("user-key");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        ca = generator.generateKeyPair();
        anchor = TestToken.pem(directory.resolve("ca.pem"), issue(CA, ca.getPublic(), true));
        alice = certify("user-key", "CN=alice,O=Example");
        certify("ssh-host", "CN=host");
    }

    private ApplicationContextRunner server(String... properties) {
        return SshLogin.server(
                        team,
                        "symbolon.ssh.x509.enabled=true",
                        "symbolon.ssh.x509.anchor-files=" + anchor,
                        "symbolon.ssh.x509.revocation=off")
                .withPropertyValues(properties);
    }

    @Test
    void user_byCertificate_knowsTheHostByItsOwn() {
        server("symbolon.ssh.x509.subject[0]=CN={user},O=Example", "symbolon.ssh.x509.host-certificates=true")
                .run(context -> {
                    assertThat(run(context, "alice", true)).isEqualTo("alice hello");
                    assertThatThrownBy(() -> run(context, "bob", true)).isInstanceOf(SshException.class);
                });
    }

    @Test
    void user_withoutARule_isLetInByTheCertificateThatWasUploaded() {
        server("symbolon.ssh.x509.uploads=ssh", "symbolon.ssh.self-service.enabled=true")
                .run(context -> {
                    assertThatThrownBy(() -> run(context, "alice", false)).isInstanceOf(SshException.class);

                    context.getBean(SelfServiceStore.class).add("alice", "ssh", alice);

                    assertThat(run(context, "alice", false)).isEqualTo("alice hello");
                    assertThatThrownBy(() -> run(context, "bob", false)).isInstanceOf(SshException.class);
                });
    }

    @Test
    void x509_thatCannotBe_saysWhatToSet() {
        assertFailure("symbolon.ssh.x509.uploads is set, and nobody can upload", "symbolon.ssh.x509.uploads=ssh");
        assertFailure("symbolon.ssh.x509.anchors names no token, 'taem'", "symbolon.ssh.x509.anchors=taem");
        assertFailure(
                "symbolon.ssh.x509.anchors names token team, where users of the namespace ssl keep certificates",
                "symbolon.ssh.x509.anchors=team",
                "symbolon.ssh.self-service.namespaces.ssl.token=team");
        assertFailure("symbolon.ssh.x509 cannot be used: ", "symbolon.ssh.x509.common-name=(");
        assertFailure("symbolon.ssh.x509.enabled is set, and nobody is trusted", "symbolon.ssh.x509.anchor-files=");
    }

    private void assertFailure(String message, String... properties) {
        server(properties)
                .run(context -> assertThat(Objects.requireNonNull(context.getStartupFailure()))
                        .hasStackTraceContaining(message));
    }

    private String run(ApplicationContext context, String user, boolean hostByCertificate) throws Exception {
        Session session = context.getBean(Session.class);
        X509Validator hosts = X509Validator.builder(FileTrustAnchors.of(List.of(anchor), List.of()))
                .revocation(RevocationPolicy.builder()
                        .mode(RevocationPolicy.Mode.OFF)
                        .build())
                .build();
        try (TokenX509Keys keys =
                TokenX509Keys.of(TokenSshKeys.labelled(session, new TokenSigner(), List.of("user-key")), session)) {
            return SshLogin.as(
                    user,
                    context,
                    client -> {
                        X509Ssh.presentUsers(client, keys);
                        X509Ssh.verifyHosts(
                                client,
                                hosts,
                                hostByCertificate
                                        ? RejectAllServerKeyVerifier.INSTANCE
                                        : AcceptAllServerKeyVerifier.INSTANCE);
                    },
                    live -> {},
                    live -> live.executeRemoteCommand("hello"));
        }
    }

    private X509Certificate certify(String label, String subject) throws Exception {
        return team.use(session -> {
            try {
                X509Certificate certificate =
                        issue(new X500Principal(subject), PublicKeys.of(session.publicKey(label)), false);
                session.create(Certificates.template(certificate)
                        .with(Attribute.PRIVATE, false)
                        .onToken());
                return certificate;
            } catch (OperatorCreationException e) {
                throw new GeneralSecurityException(e);
            }
        });
    }

    private X509Certificate issue(X500Principal subject, PublicKey key, boolean authority)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                CA,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                subject,
                key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(ca.getPrivate())));
    }
}
