package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.ObjectClass;
import org.symbolon.Session;

/** What a key store writes: keys that last, chains, certificates, and what it deletes. */
class KeyStoreChangeTest extends KeyStoreFixture {
    private KeyPair generated(String algorithm) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(algorithm, provider).generateKeyPair();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void setKeyEntry_ofAGeneratedKey_makesItLast(String algorithm) throws Exception {
        KeyPair keys = generated(algorithm);
        assertThat(loaded().size()).isZero();
        Certificate certificate = selfSigned(keys);

        KeyStore store = loaded();
        store.setKeyEntry("site", keys.getPrivate(), null, new Certificate[] {certificate});
        assertThat(Collections.list(store.aliases())).containsExactly("site");
        assertThat(store.getCertificateChain("site")).containsExactly(certificate);
        assertThat(token.objects(ObjectClass.PRIVATE_KEY, true)).isEqualTo(1);
        assertThat(token.objects(ObjectClass.PUBLIC_KEY, true)).isEqualTo(1);
        assertThat(sign(
                        (PrivateKey) store.getKey("site", null),
                        TestCertificates.algorithm(keys.getPublic()),
                        provider))
                .isNotEmpty();

        store.deleteEntry("site");
        assertThat(store.size()).isZero();
        assertThat(token.objects(ObjectClass.PRIVATE_KEY, true)).isZero();
        assertThat(token.objects(ObjectClass.PUBLIC_KEY, true)).isZero();
        assertThat(token.objects(ObjectClass.CERTIFICATE, true)).isZero();
        store.deleteEntry("site");
    }

    private X509Certificate selfSigned(KeyPair keys) {
        return TestCertificates.issue(
                "site",
                keys.getPublic(),
                "ca",
                TestKeys.pair("P-384").getPublic(),
                TestKeys.pair("P-384").getPrivate(),
                "SHA256withECDSA");
    }

    @Test
    void setKeyEntry_again_replacesTheChain() throws Exception {
        put("site", "0a", "P-256");
        KeyPair keys = TestKeys.pair("P-256");
        KeyPair ca = TestKeys.pair("RSA");
        KeyStore store = loaded();
        PrivateKey key = (PrivateKey) store.getKey("site", null);
        store.setKeyEntry("site", key, null, new Certificate[] {selfSigned(keys)});
        X509Certificate root = TestCertificates.selfSigned("root", ca);
        X509Certificate reply = TestCertificates.issue("site", keys.getPublic(), "root", ca);
        store.setKeyEntry("site", key, null, new Certificate[] {reply, root});

        assertThat(Collections.list(store.aliases())).containsExactly("site");
        assertThat(store.getCertificateChain("site")).containsExactly(reply, root);
        assertThat(token.objects(ObjectClass.CERTIFICATE, true)).isEqualTo(2);
    }

    @Test
    void setKeyEntry_underAnotherAlias_renames() throws Exception {
        put("old", "0a", "P-256");
        KeyStore store = loaded();
        Certificate certificate = selfSigned(TestKeys.pair("P-256"));
        store.setKeyEntry("new", store.getKey("old", null), null, new Certificate[] {certificate});
        assertThat(Collections.list(store.aliases())).containsExactly("new");
        assertThat(store.getCertificate("new")).isEqualTo(certificate);
    }

    @Test
    void setKeyEntry_overAnotherKey_replacesIt() throws Exception {
        put("site", "0a", "P-256");
        KeyPair keys = generated("EC");
        KeyStore store = loaded();
        store.setKeyEntry("site", keys.getPrivate(), null, new Certificate[] {selfSigned(keys)});
        assertThat(Collections.list(store.aliases())).containsExactly("site");
        assertThat(store.getCertificate("site").getPublicKey()).isEqualTo(keys.getPublic());
        assertThat(token.objects(ObjectClass.PRIVATE_KEY, true)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "P-256", "Ed25519"})
    void setKeyEntry_ofASoftKey_importsIt(String kind) throws Exception {
        KeyPair keys = TestKeys.pair(kind);
        Certificate certificate = TestCertificates.selfSigned("imported", keys);
        KeyStore store = loaded();
        store.setKeyEntry("imported", keys.getPrivate(), null, new Certificate[] {certificate});

        PrivateKey key = (PrivateKey) store.getKey("imported", null);
        assertThat(key.getEncoded()).isNull();
        Signature verifier = Signature.getInstance(TestCertificates.algorithm(keys.getPublic()));
        verifier.initVerify(keys.getPublic());
        verifier.update(new byte[0]);
        assertThat(verifier.verify(sign(key, TestCertificates.algorithm(keys.getPublic()), provider)))
                .isTrue();
    }

    @Test
    void setKeyEntry_ofWhatCannotBe_saysWhy() throws Exception {
        FakeToken other = new FakeToken("Other");
        KeyStore store = loaded();
        Certificate[] chain = {selfSigned(TestKeys.pair("P-256"))};
        try (Session elsewhere = other.openAsUser()) {
            PrivateKey foreign = TestKeys.put(other, elsewhere, "P-256");
            assertThatThrownBy(() -> store.setKeyEntry("x", foreign, null, chain))
                    .isInstanceOf(KeyStoreException.class)
                    .hasMessageContaining("is not in this token");
        }
        assertThatThrownBy(() -> store.setKeyEntry("x", new Opaque(), null, chain))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("opaque")
                .hasMessageContaining("-providername");
        assertThatThrownBy(() -> store.setKeyEntry("x", new SecretKeySpec(new byte[16], "AES"), null, chain))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("no certificates");
        PrivateKey own = TestKeys.put(token, session, "P-384");
        assertThatThrownBy(() -> store.setKeyEntry("x", own, null, chain))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("not that of");
        assertThatThrownBy(() -> store.setKeyEntry("x", new byte[4], chain)).isInstanceOf(KeyStoreException.class);
        assertThat(store.containsAlias("x")).isFalse();
    }

    /** A key of somebody else's hardware. */
    private static final class Opaque implements PrivateKey {
        private static final long serialVersionUID = 1;

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public @org.jspecify.annotations.Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @org.jspecify.annotations.Nullable [] getEncoded() {
            return null;
        }
    }

    @Test
    void certificateEntry_isSetReplacedAndDeleted() throws Exception {
        X509Certificate first = TestCertificates.selfSigned("first", TestKeys.pair("RSA"));
        X509Certificate second = TestCertificates.selfSigned("second", TestKeys.pair("P-384"));
        KeyStore store = loaded();
        store.setCertificateEntry("ca", first);
        store.setCertificateEntry("ca", second);
        assertThat(store.getCertificate("ca")).isEqualTo(second);
        assertThat(store.isCertificateEntry("ca")).isTrue();
        assertThat(store.getCertificateAlias(second)).isEqualTo("ca");
        assertThat(token.objects(ObjectClass.CERTIFICATE, true)).isEqualTo(1);
        store.deleteEntry("ca");
        assertThat(store.size()).isZero();
    }

    @Test
    void deleteEntry_ofWhatTheTokenDoesNotDestroy_saysSo() throws Exception {
        put("site", "0a", "P-256");
        KeyStore store = loaded();
        token.destroying(false);
        assertThatThrownBy(() -> store.deleteEntry("site"))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("site is still in the token");
        token.destroying(true);
        store.deleteEntry("site");
        assertThat(store.size()).isZero();
    }

    @Test
    void certificateEntry_overAKey_isRefused() throws Exception {
        put("site", "0a", "P-256");
        KeyStore store = loaded();
        assertThatThrownBy(
                        () -> store.setCertificateEntry("site", TestCertificates.selfSigned("x", TestKeys.pair("RSA"))))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("is a key");
    }
}
