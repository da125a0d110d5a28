package org.symbolon.tests.ssh.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.ssh.x509.CertificateRules;
import org.symbolon.ssh.x509.RevocationPolicy;
import org.symbolon.tests.Program;

/** RFC 6187 with AsyncSSH, in both directions; our keys and certificates are in tokens, OpenSSL issued them. */
class AsyncSshTest {
    private static final Map<String, Mechanism> KINDS = Map.of(
            "x509v3-ecdsa-sha2-nistp256", Mechanism.keyPairGen(NamedCurve.P256),
            "x509v3-ecdsa-sha2-nistp384", Mechanism.keyPairGen(NamedCurve.P384),
            "x509v3-rsa2048-sha256", Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
            "x509v3-ssh-ed25519", Mechanism.keyPairGen(NamedCurve.ED25519));
    private static final CertificateRules BY_NAME =
            CertificateRules.builder().subject("CN={user},O=Example").build();

    @TempDir
    private Path folder;

    private OpenSslCa ca;
    private AsyncSsh asyncSsh;
    private Path authority;

    @BeforeEach
    void makeAuthority() throws Exception {
        ca = OpenSslCa.create(folder.resolve("ca"));
        asyncSsh = new AsyncSsh(folder);
        authority = pem("authority.crt", "CERTIFICATE", ca.certificate().getEncoded());
    }

    @AfterEach
    void stopResponder() throws Exception {
        ca.close();
    }

    @Test
    void itsClient_verifiesOurHostCertificateAndLogsIn() throws Exception {
        for (Mechanism hostKey : KINDS.values()) {
            try (X509Server server = new X509Server(ca, hostKey, BY_NAME, RevocationPolicy.ofDefaults())) {
                for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
                    KeyPair keys = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
                    Path certificate = certificate("alice", ca.issueToUser("alice", keys.getPublic()));
                    Path key = key("alice", keys.getPrivate());

                    Program login = asyncSsh.logIn(server.port(), "alice", key, certificate, authority);
                    assertThat(login.output()).as(hostKey + " " + algorithm).isEqualTo("hello alice\n");
                    assertThat(asyncSsh.logIn(server.port(), "bob", key, certificate, authority)
                                    .exitCode())
                            .isNotZero();
                }
            }
        }
    }

    @Test
    void itsClient_doesNotTakeOurHostOfAnotherAuthority_norWeItsUserOfAnother() throws Exception {
        try (OpenSslCa other = OpenSslCa.create(folder.resolve("other"));
                X509Server server = new X509Server(
                        ca, Mechanism.keyPairGen(NamedCurve.P256), BY_NAME, RevocationPolicy.ofDefaults())) {
            KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
            Path key = key("alice", keys.getPrivate());
            Path theirs = certificate("theirs", other.issueToUser("alice", keys.getPublic()));
            Path ours = certificate("ours", ca.issueToUser("alice", keys.getPublic()));
            Path otherAuthority = certificate("other", other.certificate());

            assertThat(asyncSsh.logIn(server.port(), "alice", key, ours, otherAuthority)
                            .output())
                    .contains("refused: ");
            assertThat(asyncSsh.logIn(server.port(), "alice", key, theirs, authority)
                            .output())
                    .contains("refused: Permission denied");
            assertThat(asyncSsh.logIn(server.port(), "alice", key, ours, authority)
                            .output())
                    .isEqualTo("hello alice\n");
        }
    }

    @Test
    void itsServer_isVerifiedByOurClient_andLetsItIn() throws Exception {
        List<String> lines = new ArrayList<>();
        KINDS.keySet().forEach(algorithm -> lines.add(algorithm + " Subject:O=Example,CN=alice"));
        Path authorized = Files.write(folder.resolve("authorized"), lines);
        for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
            KeyPair host = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            Path certificate = certificate("host", ca.issueToHost("host", host.getPublic()));
            try (AsyncSsh.Server server =
                    asyncSsh.serve(key("host", host.getPrivate()), certificate, authority, authorized)) {
                int port = server.port().orElseThrow();
                for (Mechanism kind : KINDS.values()) {
                    try (Card card = new Card(kind)) {
                        card.put(ca.issueToUser("alice", card.publicKey()));
                        assertThat(logIn(port, card, "curve25519-sha256")).isEqualTo("hello alice");
                        assertThat(logIn(port, card, "diffie-hellman-group-exchange-sha256"))
                                .isEqualTo("hello alice");
                    }
                }
            }
        }
    }

    @Test
    void itsServer_withTheCertificateOfAnotherHost_isNotTaken() throws Exception {
        KeyPair host = KeyPairGenerator.getInstance("EC").generateKeyPair();
        Path user = certificate("host", ca.issueToUser("alice", host.getPublic()));
        Path authorized = Files.write(folder.resolve("authorized"), List.of());
        try (AsyncSsh.Server server = asyncSsh.serve(key("host", host.getPrivate()), user, authority, authorized);
                Card card = new Card(Mechanism.keyPairGen(NamedCurve.P256))) {
            card.put(ca.issueToUser("alice", card.publicKey()));
            int port = server.port().orElseThrow();

            assertThatThrownBy(() -> logIn(port, card, "curve25519-sha256"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Server key did not validate");
        }
    }

    private String logIn(int port, Card card, String exchange) throws Exception {
        try (X509Client client = new X509Client(ca, card, RevocationPolicy.ofDefaults())) {
            client.exchanging(exchange);
            return client.logIn(port, "alice");
        }
    }

    private Path certificate(String name, X509Certificate certificate) throws Exception {
        return pem(name + ".crt", "CERTIFICATE", certificate.getEncoded());
    }

    private Path key(String name, Key secret) throws IOException {
        return pem(name + ".key", "PRIVATE KEY", secret.getEncoded());
    }

    private Path pem(String name, String type, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }
}
