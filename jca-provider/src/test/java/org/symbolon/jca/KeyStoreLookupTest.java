package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.ProviderException;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.Session;
import org.symbolon.TokenUnavailableException;
import org.symbolon.key.TokenPrivateKey;

/** What a key store shows, and what looking costs. */
class KeyStoreLookupTest extends KeyStoreFixture {
    @Test
    void keyWithoutCertificate_isAnEntry() throws Exception {
        put("deploy", "01", "P-256");
        KeyStore store = loaded();

        assertThat(Collections.list(store.aliases())).containsExactly("deploy");
        assertThat(store.size()).isEqualTo(1);
        assertThat(store.containsAlias("deploy")).isTrue();
        assertThat(store.isKeyEntry("deploy")).isTrue();
        assertThat(store.isCertificateEntry("deploy")).isFalse();
        assertThat(store.getCertificate("deploy")).isNull();
        assertThat(store.getCertificateChain("deploy")).isNull();
        assertThat(store.getCreationDate("deploy")).hasTime(0);
        assertThat(store.getEntry("deploy", null)).isNull();
        assertThat(store.entryInstanceOf("deploy", KeyStore.PrivateKeyEntry.class))
                .isFalse();
        assertThat(store.getKey("deploy", null)).isInstanceOf(TokenPrivateKey.class);
        assertThat(store.getKey("deploy", "any".toCharArray())).isEqualTo(store.getKey("deploy", null));
    }

    @Test
    void unknownAlias_isNullAndFalse() throws Exception {
        put("deploy", "01", "P-256");
        KeyStore store = loaded();
        for (String alias : List.of("Deploy", "", "deploy#01", "pkcs11:object=nobody", "pkcs11:%%%", "pkcs11:odd=1")) {
            assertThat(store.containsAlias(alias)).as(alias).isFalse();
            assertThat(store.getKey(alias, null)).isNull();
            assertThat(store.getCertificate(alias)).isNull();
            assertThat(store.getCertificateChain(alias)).isNull();
            assertThat(store.getCreationDate(alias)).isNull();
            assertThat(store.isKeyEntry(alias)).isFalse();
            assertThat(store.isCertificateEntry(alias)).isFalse();
            assertThat(store.getEntry(alias, null)).isNull();
        }
        assertThat(store.getCertificateAlias(TestCertificates.selfSigned("x", TestKeys.pair("RSA"))))
                .isNull();
    }

    @Test
    void keyWithCertificates_hasItsChainCompletedFromTheToken() throws Exception {
        KeyPair root = TestKeys.pair("RSA");
        KeyPair middle = TestKeys.pair("P-384");
        KeyPair leaf = TestKeys.pair("P-256");
        X509Certificate rootCertificate = TestCertificates.selfSigned("root", root);
        X509Certificate middleCertificate = TestCertificates.issue("middle", middle.getPublic(), "root", root);
        X509Certificate impostor =
                TestCertificates.issue("middle", middle.getPublic(), "middle", TestKeys.pair("Ed25519"));
        X509Certificate leafCertificate = TestCertificates.issue("leaf", leaf.getPublic(), "middle", middle);
        put("site", "0a", "P-256");
        putCertificate("impostor", "0e", impostor);
        putCertificate("middle", "0b", middleCertificate);
        putCertificate("root", "0c", rootCertificate);
        putCertificate("label of its own", "0a", leafCertificate);

        KeyStore store = loaded();
        assertThat(Collections.list(store.aliases())).containsExactly("impostor", "middle", "root", "site");
        assertThat(store.getCertificateChain("site"))
                .containsExactly(leafCertificate, middleCertificate, rootCertificate);
        assertThat(store.getCertificate("site")).isEqualTo(leafCertificate);
        assertThat(store.getCertificateAlias(leafCertificate)).isEqualTo("site");
        assertThat(store.isCertificateEntry("root")).isTrue();
        assertThat(store.getEntry("root", null)).isInstanceOf(KeyStore.TrustedCertificateEntry.class);
        assertThat(store.getEntry("site", null)).isInstanceOf(KeyStore.PrivateKeyEntry.class);
        KeyStore.PrivateKeyEntry entry =
                (KeyStore.PrivateKeyEntry) store.getEntry("site", new KeyStore.PasswordProtection("any".toCharArray()));
        assertThat(entry.getCertificateChain()).hasSize(3);
        assertThat(entry.getPrivateKey()).isEqualTo(store.getKey("site", null));
    }

    @Test
    void duplicateLabels_areToldApartById() throws Exception {
        put("twin", "02", "P-256");
        put("twin", "01", "P-384");
        put("twin", "01", "P-521");
        put("", "03", "Ed25519");
        put("only", "04", "RSA");
        KeyStore store = loaded();

        List<String> aliases = Collections.list(store.aliases());
        assertThat(aliases).hasSize(5).contains("#03", "twin#01", "twin#02", "only");
        assertThat(aliases).anyMatch(alias -> alias.startsWith("twin#01#"));
        assertThat(store.containsAlias("twin")).isFalse();
        for (String alias : aliases) {
            assertThat(store.getKey(alias, null)).as(alias).isNotNull();
        }
        assertThat(Collections.list(loaded().aliases())).isEqualTo(aliases);
    }

    @Test
    void pkcs11Uri_isAnAliasForLookingUp() throws Exception {
        put("twin", "02", "P-256");
        put("twin", "01", "P-384");
        KeyStore store = loaded();

        assertThat(store.getKey("pkcs11:token=Team;object=twin;id=%02;type=private", null))
                .isEqualTo(store.getKey("twin#02", null));
        assertThat(store.containsAlias("pkcs11:id=%01")).isTrue();
        assertThat(store.containsAlias("pkcs11:token=Other;id=%01")).isFalse();
        assertThatThrownBy(() -> store.getKey("pkcs11:object=twin", null))
                .isInstanceOf(UnrecoverableKeyException.class)
                .hasMessageContaining("twin#01")
                .hasMessageContaining("twin#02");
        assertThat(store.isKeyEntry("pkcs11:object=twin")).isFalse();
    }

    @Test
    void malformedCertificate_hidesNothingElse() throws Exception {
        put("deploy", "01", "P-256");
        token.store(TestKeys.named("broken", "02")
                .with(Attribute.CLASS, ObjectClass.CERTIFICATE)
                .with(Attribute.VALUE, Bytes.ofHex("3003020100")));
        assertThat(Collections.list(loaded().aliases())).containsExactly("deploy");
    }

    @Test
    void privateKeyWhosePublicHalfIsNowhere_isAnEntryThatSaysSo() throws Exception {
        token.store(Attributes.builder()
                .setAll(TestKeys.named("lonely", "01"))
                .set(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                .set(Attribute.KEY_TYPE, org.symbolon.KeyType.EC)
                .set(Attribute.EC_PARAMS, org.symbolon.NamedCurve.P256.ecParams())
                .build());
        KeyStore store = loaded();
        assertThat(store.isKeyEntry("lonely")).isTrue();
        assertThatThrownBy(() -> store.getKey("lonely", null))
                .isInstanceOf(UnrecoverableKeyException.class)
                .hasMessageContaining("\"lonely\"")
                .hasMessageContaining("neither a public key nor a certificate");
    }

    @Test
    void looking_costsNoRoundTripUntilTheTokenChanges() throws Exception {
        put("deploy", "01", "P-256");
        KeyStore store = loaded();
        assertThat(store.size()).isEqualTo(1);
        int before = token.requests();
        for (int i = 0; i < 10; i++) {
            store.aliases();
            store.containsAlias("deploy");
            store.isKeyEntry("deploy");
            store.getKey("deploy", null);
            store.getCertificateChain("deploy");
            store.getCertificate("deploy");
            store.getEntry("deploy", null);
        }
        assertThat(token.requests()).isEqualTo(before);

        put("second", "02", "RSA");
        assertThat(Collections.list(store.aliases())).containsExactly("deploy", "second");
        assertThat(loaded().size()).isEqualTo(2);
    }

    @Test
    void changesOfAnotherSession_areSeenAtOnce() throws Exception {
        put("deploy", "01", "P-256");
        KeyStore store = loaded();
        assertThat(store.containsAlias("deploy")).isTrue();
        try (Session other = token.openAsUser()) {
            other.destroy(other.privateKey("deploy"));
        }
        assertThat(store.containsAlias("deploy")).isFalse();
    }

    @Test
    void tokenGone_isAProviderExceptionWithTheReason() throws Exception {
        KeyStore store = loaded();
        token.answering(false);
        assertThatThrownBy(store::aliases)
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("CKR_DEVICE_REMOVED")
                .hasCauseInstanceOf(TokenUnavailableException.class);
        assertThatThrownBy(() -> store.getKey("deploy", null))
                .isInstanceOf(UnrecoverableKeyException.class)
                .hasMessageContaining("CKR_DEVICE_REMOVED")
                .hasCauseInstanceOf(TokenUnavailableException.class);
        assertThatThrownBy(() -> store.deleteEntry("deploy"))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("CKR_DEVICE_REMOVED")
                .hasCauseInstanceOf(TokenUnavailableException.class);
        token.answering(true);
        put("deploy", "01", "P-256");
        assertThat(store.containsAlias("deploy")).isTrue();
    }

    @Test
    void tokenWithoutChangeFeed_isReadAgainAfterOwnChangesAndOnLoad() throws Exception {
        token.telling(false);
        KeyStore store = loaded();
        assertThat(store.size()).isZero();
        put("deploy", "01", "P-256");
        store.load(null, null);
        assertThat(store.size()).isEqualTo(1);
        store.deleteEntry("deploy");
        assertThat(store.size()).isZero();
    }
}
