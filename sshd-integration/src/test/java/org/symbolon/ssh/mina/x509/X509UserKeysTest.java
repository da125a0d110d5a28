package org.symbolon.ssh.mina.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.security.cert.X509Certificate;
import java.util.List;
import org.apache.sshd.server.session.ServerSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.TokenUnavailableException;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.mina.OfferedUserKey;
import org.symbolon.ssh.x509.Authorities;
import org.symbolon.ssh.x509.CertificateRefusedException;
import org.symbolon.ssh.x509.RevocationPolicy;
import org.symbolon.ssh.x509.TestCa;
import org.symbolon.ssh.x509.TestCa.Leaf;
import org.symbolon.ssh.x509.TrustAnchors;
import org.symbolon.ssh.x509.X509KeyBlob;
import org.symbolon.ssh.x509.X509Validator;

/** What a check says that cannot know: sessions that live go on then, where a refusal would end them. */
class X509UserKeysTest {
    private static final RevocationPolicy LISTS =
            RevocationPolicy.builder().fetching(false, false).build();

    private TestCa ca;
    private X509Certificate certificate;

    @BeforeEach
    void issue() throws Exception {
        ca = TestCa.root("Root");
        certificate = ca.issue(new Leaf("alice", TestCa.keyPair().getPublic()));
    }

    @Test
    void check_statusThatCannotBeLearned_isNoRefusal() {
        assertThatThrownBy(() -> check(() -> Authorities.of(List.of(ca.certificate()), List.of(), List.of())))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("whether it was revoked is not known");
    }

    @Test
    void check_authoritiesThatCannotBeRead_isNoRefusal() {
        assertThatThrownBy(() -> check(() -> {
                    throw new SshFormatException("ca.pem: it cannot be read");
                }))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("ca.pem: it cannot be read");
    }

    @Test
    void check_revokedCertificate_isARefusal() throws Exception {
        var list = ca.crl(certificate);
        assertThatThrownBy(() -> check(() -> Authorities.of(List.of(ca.certificate()), List.of(), List.of(list))))
                .isInstanceOf(CertificateRefusedException.class)
                .hasMessageContaining("it was revoked");
    }

    private void check(TrustAnchors anchors) throws Exception {
        X509Validator validator =
                X509Validator.builder(anchors).revocation(LISTS).build();
        X509KeyBlob blob = X509KeyBlob.of(List.of(certificate), List.of());
        assertThat(new X509UserKeys(validator, (user, leaf) -> true)
                        .check(new OfferedUserKey(
                                "alice", blob.algorithm().wireName(), Bytes.wrap(blob.blob()), nowhere())))
                .isPresent();
    }

    /** A session without an address. */
    private static ServerSession nowhere() {
        return (ServerSession) Proxy.newProxyInstance(
                ServerSession.class.getClassLoader(),
                new Class<?>[] {ServerSession.class},
                (proxy, method, given) -> null);
    }
}
