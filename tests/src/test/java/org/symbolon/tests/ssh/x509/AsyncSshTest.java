package org.symbolon.tests.ssh.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
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
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.x509.CertificateRules;
import org.symbolon.ssh.x509.RevocationPolicy;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/** RFC 6187 with AsyncSSH, in both directions; our keys and certificates are in tokens, OpenSSL issued them. */
class AsyncSshTest {
    private static final Map<String, Mechanism> KINDS = Map.of(
            "x509v3-ecdsa-sha2-nistp256", Mechanism.keyPairGen(NamedCurve.P256),
            "x509v3-ecdsa-sha2-nistp384", Mechanism.keyPairGen(NamedCurve.P384),
            "x509v3-rsa2048-sha256", Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
            "x509v3-ssh-ed25519", Mechanism.keyPairGen(NamedCurve.ED25519));
    private static final List<String> EC = List.of("EC", "-pkeyopt", "ec_paramgen_curve:P-256");
    private static final List<String> RSA = List.of("RSA");
    private static final List<String> ED25519 = List.of("ED25519");
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
    void stopResponder() {
        ca.close();
    }

    @Test
    void itsClient_verifiesOurHostCertificateAndLogsIn() throws Exception {
        for (Mechanism hostKey : KINDS.values()) {
            try (X509Server server = new X509Server(ca, hostKey, BY_NAME, RevocationPolicy.ofDefaults())) {
                for (List<String> algorithm : List.of(EC, RSA, ED25519)) {
                    FileKey keys = newKey(algorithm);
                    Path certificate = certificate("alice", ca.issueToUser("alice", keys.open()));

                    Program login = asyncSsh.logIn(server.port(), "alice", keys.file(), certificate, authority);
                    assertThat(login.output()).as(hostKey + " " + algorithm).isEqualTo("hello alice\n");
                    assertThat(asyncSsh.logIn(server.port(), "bob", keys.file(), certificate, authority)
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
            FileKey keys = newKey(EC);
            Path theirs = certificate("theirs", other.issueToUser("alice", keys.open()));
            Path ours = certificate("ours", ca.issueToUser("alice", keys.open()));
            Path otherAuthority = certificate("other", other.certificate());

            assertThat(asyncSsh.logIn(server.port(), "alice", keys.file(), ours, otherAuthority)
                            .output())
                    .contains("refused: ");
            assertThat(asyncSsh.logIn(server.port(), "alice", keys.file(), theirs, authority)
                            .output())
                    .contains("refused: Permission denied");
            assertThat(asyncSsh.logIn(server.port(), "alice", keys.file(), ours, authority)
                            .output())
                    .isEqualTo("hello alice\n");
        }
    }

    @Test
    void itsServer_isVerifiedByOurClient_andLetsItIn() throws Exception {
        List<String> lines = new ArrayList<>();
        KINDS.keySet().forEach(algorithm -> lines.add(algorithm + " Subject:O=Example,CN=alice"));
        Path authorized = Files.write(folder.resolve("authorized"), lines);
        for (List<String> algorithm : List.of(EC, RSA, ED25519)) {
            FileKey host = newKey(algorithm);
            Path certificate = certificate("host", ca.issueToHost("host", host.open()));
            try (AsyncSsh.Server server = asyncSsh.serve(host.file(), certificate, authority, authorized)) {
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
        FileKey host = newKey(EC);
        Path user = certificate("host", ca.issueToUser("alice", host.open()));
        Path authorized = Files.write(
                folder.resolve("authorized"), List.of("x509v3-ecdsa-sha2-nistp256 Subject:O=Example,CN=alice"));
        try (AsyncSsh.Server server = asyncSsh.serve(host.file(), user, authority, authorized);
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

    /** A key in a file of OpenSSL's; Java's leave out the public half, which AsyncSSH needs. */
    private record FileKey(Path file, PublicKey open) {}

    private FileKey newKey(List<String> options) throws Exception {
        Path file = folder.resolve(options.get(0) + ".key");
        Path open = folder.resolve(options.get(0) + ".pub");
        List<Object> generate = new ArrayList<>(List.of(openssl(), "genpkey", "-out", file, "-algorithm"));
        generate.addAll(options);
        assertThat(Program.run(folder, Map.of(), generate).exitCode()).isZero();
        Program pkey = Program.run(openssl(), "pkey", "-in", file, "-pubout", "-outform", "DER", "-out", open);
        assertThat(pkey.exitCode()).as(pkey.output()).isZero();
        return new FileKey(
                file,
                SshPublicKey.parseSubjectPublicKeyInfo(Files.readAllBytes(open)).toPublicKey());
    }

    private static Path openssl() {
        return Peer.require("openssl", "openssl");
    }

    private Path pem(String name, String type, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }
}
