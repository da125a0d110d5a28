package org.symbolon.tests.ssh.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.ssh.x509.CertificateRules;
import org.symbolon.ssh.x509.FileTrustAnchors;
import org.symbolon.ssh.x509.RevocationPolicy;
import org.symbolon.ssh.x509.RevocationPolicy.Mode;

/**
 * A lost card is revoked once, by OpenSSL, and refused by all servers at their next login; a new card with another key gets in
 * everywhere, and no server was touched.
 */
class RevocationStoryTest {
    @Test
    void lostCard_isRefusedEverywhere_andANewOneGetsInWithoutAChangeOnAnyServer(@TempDir Path folder) throws Exception {
        CertificateRules rules =
                CertificateRules.builder().email("{user}@example.com").build();
        RevocationPolicy asking = RevocationPolicy.ofDefaults();
        RevocationPolicy reading =
                RevocationPolicy.builder().fetching(false, false).build();
        RevocationPolicy off = RevocationPolicy.builder().mode(Mode.OFF).build();
        try (OpenSslCa ca = OpenSslCa.create(folder.resolve("ca"));
                Card lost = new Card(Mechanism.keyPairGen(NamedCurve.P256));
                Card renewed = new Card(Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048))) {
            Path list = ca.publishList();
            try (X509Server first = new X509Server(ca, Mechanism.keyPairGen(NamedCurve.P256), rules, asking);
                    X509Server second =
                            new X509Server(ca, Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048), rules, asking);
                    X509Server third = new X509Server(
                            ca,
                            Mechanism.keyPairGen(NamedCurve.ED25519),
                            rules,
                            reading,
                            FileTrustAnchors.of(List.of(ca.folder().resolve("ca.crt")), List.of(list)))) {
                List<X509Server> servers = List.of(first, second, third);
                X509Certificate identity = ca.issueToUser("Alice A.", lost.publicKey(), "alice@example.com");
                lost.put(identity);
                try (X509Client client = new X509Client(ca, lost, off)) {
                    for (X509Server server : servers) {
                        assertThat(client.logIn(server.port(), "alice")).isEqualTo("hello alice");
                        assertThatThrownBy(() -> client.logIn(server.port(), "bob"))
                                .isInstanceOf(SshException.class);
                    }
                    OtherUses.signMail(lost);
                    OtherUses.authenticateTls(lost, ca);

                    ca.revoke(identity);
                    ca.publishList();
                    for (X509Server server : servers) {
                        assertThatThrownBy(() -> client.logIn(server.port(), "alice"))
                                .isInstanceOf(SshException.class);
                    }
                }
                renewed.put(ca.issueToUser("Alice A.", renewed.publicKey(), "alice@example.com"));
                try (X509Client client = new X509Client(ca, renewed, off)) {
                    for (X509Server server : servers) {
                        assertThat(client.logIn(server.port(), "alice")).isEqualTo("hello alice");
                    }
                }
            }
        }
    }

    @Test
    void responderThatIsGone_refusesOrWarns_asTheModeSays(@TempDir Path folder) throws Exception {
        CertificateRules rules =
                CertificateRules.builder().subject("CN={user},O=Example").build();
        RevocationPolicy soft = RevocationPolicy.builder().mode(Mode.SOFT_FAIL).build();
        RevocationPolicy off = RevocationPolicy.builder().mode(Mode.OFF).build();
        try (OpenSslCa ca = OpenSslCa.create(folder.resolve("ca"));
                Card card = new Card(Mechanism.keyPairGen(NamedCurve.P256));
                X509Server hard = new X509Server(
                        ca, Mechanism.keyPairGen(NamedCurve.P256), rules, RevocationPolicy.ofDefaults());
                X509Server lenient = new X509Server(ca, Mechanism.keyPairGen(NamedCurve.P256), rules, soft)) {
            card.put(ca.issueToUser("alice", card.publicKey()));
            try (X509Client client = new X509Client(ca, card, off)) {
                assertThat(client.logIn(hard.port(), "alice")).isEqualTo("hello alice");
                ca.stopResponder();

                assertThatThrownBy(() -> client.logIn(hard.port(), "alice")).isInstanceOf(SshException.class);
                assertThat(client.logIn(lenient.port(), "alice")).isEqualTo("hello alice");
            }
        }
    }
}
