package org.symbolon.ssh.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.symbolon.Session;
import org.symbolon.ssh.SshVectors;
import org.symbolon.ssh.TestToken;

class StoredCertificatesTest {
    @Test
    void of_certificatesOfOneLabel_givesThoseOfTheKeyOnce() throws Exception {
        TestToken token = new TestToken();
        SshCertificate own = certificate(0);
        SshCertificate other = certificate(1);
        try (Session session = token.open()) {
            StoredCertificates.add(session, "alice", own);
            StoredCertificates.add(session, "alice", own);
            StoredCertificates.add(session, "alice", other);
            StoredCertificates.add(session, "bob", own);

            assertThat(StoredCertificates.of(session, "alice", own.key())).containsExactly(own);
            assertThat(StoredCertificates.remove(session, "alice", own)).isTrue();
            assertThat(StoredCertificates.of(session, "alice", own.key())).isEmpty();
            assertThat(StoredCertificates.remove(session, "alice", own)).isFalse();
        }
    }

    private static SshCertificate certificate(int index) throws Exception {
        return SshCertificate.parse(SshVectors.hex(SshVectors.group("cert").get(index), "blob"));
    }
}
