package org.symbolon.ssh.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.key.Certificates;
import org.symbolon.ssh.TestToken;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.publickey.TokenSelfServiceStore;

/** Whom a token's certificates make an authority. */
class TokenTrustAnchorsTest {
    @Test
    void all_authorityThatAUserUploaded_isNone() throws Exception {
        Session session = new TestToken().open();
        X509Certificate root = TestCa.root("Root").certificate();
        session.create(Certificates.template(root).onToken().and(Template.label("root")));
        TestCa mallory = TestCa.root("Mallory");
        TokenSelfServiceStore.of(session, TokenAuthorizedKeys.in(session)).add("mallory", "ssh", mallory.certificate());

        try (TokenTrustAnchors anchors = TokenTrustAnchors.all(session)) {
            Authorities now = anchors.now();
            assertThat(now.anchors(root.getSubjectX500Principal())).containsExactly(root);
            assertThat(now.anchors(mallory.certificate().getSubjectX500Principal()))
                    .isEmpty();
            assertThat(now.size()).isEqualTo(1);
        }
    }
}
