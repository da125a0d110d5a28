package org.symbolon.ssh.publickey;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.symbolon.Session;
import org.symbolon.ssh.TestToken;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.x509.CertificateUsers;
import org.symbolon.ssh.x509.TestCa;

class UploadedCertificatesTest {
    @Test
    void permits_whoUploadedIt_untilItIsRemoved() throws Exception {
        Session session = new TestToken().open();
        SelfServiceStore store = TokenSelfServiceStore.of(session, TokenAuthorizedKeys.in(session));
        CertificateUsers users = UploadedCertificates.in(store);
        X509Certificate card = TestCa.root("card").certificate();
        X509Certificate other = TestCa.root("card").certificate();
        store.add("alice", "ssh", card);
        store.add("bob", "ssl", card);

        assertThat(users.permits("alice", card)).isTrue();
        assertThat(users.permits("alice", other)).isFalse();
        assertThat(users.permits("bob", card)).isFalse();
        assertThat(new UploadedCertificates(store, "ssl").permits("bob", card)).isTrue();
        for (String hostile : new String[] {"", "*", "Alice", "alice\0", "alice ", "x".repeat(300)}) {
            assertThat(users.permits(hostile, card)).as(hostile).isFalse();
        }

        store.remove("alice", "ssh", card);
        assertThat(users.permits("alice", card)).isFalse();
    }

    @Test
    void permits_nameWithATab_isNotReadAsAnotherNamespace() throws Exception {
        Session session = new TestToken().open();
        SelfServiceStore store = TokenSelfServiceStore.of(session, TokenAuthorizedKeys.in(session));
        X509Certificate card = TestCa.root("card").certificate();
        store.add("alice", "ssh\tx", card);

        assertThat(UploadedCertificates.in(store).permits("x\talice", card)).isFalse();
    }
}
