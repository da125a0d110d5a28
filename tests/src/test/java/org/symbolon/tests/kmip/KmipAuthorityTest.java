package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.kmip.server.KmipServer;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.certificate.KeyRevocationList;
import org.symbolon.ssh.certificate.SshCertificate;
import org.symbolon.ssh.certificate.SshCertificateAuthority;
import org.symbolon.ssh.certificate.SshCertificateBuilder;
import org.symbolon.ssh.certificate.StoredCertificates;
import org.symbolon.ssh.certificate.TokenRevocations;
import org.symbolon.tests.SoftTokens;

/** An authority for OpenSSH certificates whose key, certificates and revocations are on a KMIP server. */
class KmipAuthorityTest {
    @TempDir
    private Path folder;

    @Test
    void authority_onAKmipServer_issuesListsAndRevokes() throws Exception {
        KmipKeys keys = KmipKeys.make(folder);
        try (TokenModule soft = SoftTokens.inMemory();
                Session served = SoftTokens.newSession(soft, "Served");
                KmipServer server = KmipServer.builder(served)
                        .tls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), keys.serverContext())
                        .start();
                TokenModule module = TokenModule.open(
                        "kmip://127.0.0.1:" + server.address().getPort(),
                        keys.settings(ModuleOptions.ofDefaults().withTimeout(Duration.ofSeconds(60))));
                Session session = module.slots().get(0).token().orElseThrow().open(Login.protectedPath())) {
            session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.P256), Template.label("ca"));
            SshCertificateAuthority authority = SshCertificateAuthority.labelled(session, "ca");
            SshPublicKey key = SshPublicKey.of(
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());

            SshCertificate first = authority.issue(request(key));
            SshCertificate second = authority.issue(request(key));
            StoredCertificates.add(session, "alice", first);
            TokenRevocations revocations = new TokenRevocations(session);
            revocations.add(KeyRevocationList.builder().revoke(first), Instant.now());

            assertThat(authority.issued(any -> true)).containsExactlyInAnyOrder(first, second);
            assertThat(StoredCertificates.of(session, "alice", key)).containsExactly(first);
            assertThat(revocations.list().isRevoked(first)).isTrue();
            assertThat(revocations.list().isRevoked(second)).isFalse();
        }
    }

    private static SshCertificateBuilder request(SshPublicKey key) {
        return SshCertificateBuilder.user(key).keyId("alice's laptop").principals(List.of("alice"));
    }
}
