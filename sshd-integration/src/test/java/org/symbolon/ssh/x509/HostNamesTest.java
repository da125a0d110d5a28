package org.symbolon.ssh.x509;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.symbolon.ssh.x509.TestCa.Leaf;

final class HostNamesTest {
    @Test
    void require_names_exactlyAndWithoutCase() throws Exception {
        X509Certificate host = issue(leaf("other").hosts("git.example.com"));

        assertIsOf(host, "git.example.com", "GIT.Example.COM", "git.example.com.");
        assertIsNotOf(host, "example.com", "x.git.example.com", "git.example.com.evil.org", "other", "127.0.0.1", "");
    }

    @Test
    void require_wildcard_isOneWholeLeftmostLabel() throws Exception {
        X509Certificate wild = issue(leaf("other").hosts("*.example.com"));

        assertIsOf(wild, "git.example.com", "a.EXAMPLE.com");
        assertIsNotOf(wild, "example.com", "a.b.example.com", ".example.com", "*.evil.com");
        for (String pattern : new String[] {"*", "*.com", "g*.example.com", "git.*.com", "*.*.com"}) {
            assertIsNotOf(issue(leaf("other").hosts(pattern)), "git.example.com");
        }
    }

    @Test
    void require_addresses_byTheirOctets() throws Exception {
        X509Certificate four = issue(leaf("other").address(new byte[] {127, 0, 0, 1}));
        byte[] loopback = new byte[16];
        loopback[15] = 1;

        assertIsOf(four, "127.0.0.1");
        assertIsNotOf(four, "127.0.0.2", "localhost", "::1");
        assertIsOf(issue(leaf("other").address(loopback)), "::1", "0:0:0:0:0:0:0:1");
        assertIsNotOf(issue(leaf("other").hosts("127.0.0.1")), "127.0.0.1");
    }

    @Test
    void require_commonName_isNotLookedAt() throws Exception {
        assertThatThrownBy(() -> HostNames.require(issue(leaf("git.example.com")), "git.example.com"))
                .hasMessageContaining("it is not the one of \"git.example.com\", but of no host at all");
    }

    private static void assertIsOf(X509Certificate certificate, String... hosts) {
        for (String host : hosts) {
            assertThatCode(() -> HostNames.require(certificate, host)).doesNotThrowAnyException();
        }
    }

    private static void assertIsNotOf(X509Certificate certificate, String... hosts) {
        for (String host : hosts) {
            assertThatThrownBy(() -> HostNames.require(certificate, host))
                    .as(host)
                    .isInstanceOf(CertificateRefusedException.class);
        }
    }

    private static Leaf leaf(String subject) throws Exception {
        return new Leaf(subject, TestCa.keyPair().getPublic());
    }

    private static X509Certificate issue(Leaf leaf) throws Exception {
        return TestCa.root("Root").issue(leaf);
    }
}
