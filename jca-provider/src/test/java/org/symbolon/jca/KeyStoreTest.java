package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.Session;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.key.TokenPrivateKey;

class KeyStoreTest {
    private static final char[] WRONG_PIN = {'9', '9', '9', '9'};

    private final FakeToken token = new FakeToken("Team");
    private Session session;
    private SymbolonProvider provider;

    @BeforeEach
    void open() throws GeneralSecurityException {
        session = token.openAsUser();
        provider = SymbolonProvider.of(session);
    }

    @AfterEach
    void close() {
        session.close();
    }

    private KeyStore loaded() throws GeneralSecurityException, IOException {
        return loaded(provider);
    }

    private static KeyStore loaded(SymbolonProvider of) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("Symbolon", of);
        store.load(null, null);
        return store;
    }

    private void put(String label, String hexId, String kind) {
        token.put(TestKeys.pair(kind), TestKeys.named(label, hexId));
    }

    private void putCertificate(String label, String hexId, X509Certificate certificate)
            throws GeneralSecurityException {
        token.store(TestKeys.named(label, hexId)
                .with(Attribute.CLASS, ObjectClass.CERTIFICATE)
                .with(Attribute.VALUE, Bytes.wrap(certificate.getEncoded())));
    }

    // ---- looking

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

    // ---- load

    @Test
    void load_withPin_logsInAndSeesPrivateObjects() throws Exception {
        put("deploy", "01", "P-256");
        try (Session open = token.openPublic()) {
            SymbolonProvider fromPublic = SymbolonProvider.of(open);
            assertThat(loaded(fromPublic).size()).isZero();

            KeyStore store = KeyStore.getInstance("Symbolon", fromPublic);
            store.load(null, FakeToken.PIN.clone());
            assertThat(store.isKeyEntry("deploy")).isTrue();
            assertThat(sign((PrivateKey) store.getKey("deploy", null), "SHA256withECDSA", fromPublic))
                    .isNotEmpty();
            fromPublic.close();
            assertThat(open.isClosed()).isFalse();
        }
    }

    private static byte[] sign(PrivateKey key, String algorithm, SymbolonProvider by) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm, by);
        signature.initSign(key);
        return signature.sign();
    }

    @Test
    void load_withAPassword_leavesTheCallersArray() throws Exception {
        char[] pin = FakeToken.PIN.clone();
        KeyStore.getInstance("Symbolon", provider).load(null, pin);
        assertThat(pin).containsExactly('1', '2', '3', '4');
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void load_withAWrongPin_isAnIoExceptionCausedByUnrecoverableKey(boolean loggedInBefore) throws Exception {
        try (Session open = loggedInBefore ? token.openAsUser() : token.openPublic()) {
            KeyStore store = KeyStore.getInstance("Symbolon", SymbolonProvider.of(open));
            assertThatThrownBy(() -> store.load(null, WRONG_PIN.clone()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("CKR_PIN_INCORRECT")
                    .hasMessageContaining("2 tries are left")
                    .hasMessageNotContaining("9999")
                    .cause()
                    .isInstanceOf(UnrecoverableKeyException.class)
                    .hasCauseInstanceOf(TokenAuthenticationException.class);
        }
    }

    @Test
    void load_withProtectionParameters_works() throws Exception {
        put("deploy", "01", "P-256");
        try (Session open = token.openPublic()) {
            SymbolonProvider fromPublic = SymbolonProvider.of(open);
            KeyStore byPassword = KeyStore.getInstance("Symbolon", fromPublic);
            KeyStore.PasswordProtection password = new KeyStore.PasswordProtection(FakeToken.PIN);
            byPassword.load(() -> password);
            assertThat(byPassword.size()).isEqualTo(1);

            KeyStore byHandler = KeyStore.getInstance("Symbolon", fromPublic);
            byHandler.load(() -> new KeyStore.CallbackHandlerProtection(KeyStoreTest::answer));
            assertThat(byHandler.size()).isEqualTo(1);

            KeyStore byNothing = KeyStore.getInstance("Symbolon", fromPublic);
            byNothing.load(null);
            assertThat(byNothing.size()).isEqualTo(1);
            assertThatThrownBy(() -> byNothing.load(() -> new KeyStore.ProtectionParameter() {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("PasswordProtection or CallbackHandlerProtection");
            fromPublic.close();
        }
    }

    private static void answer(Callback[] callbacks) {
        for (Callback callback : callbacks) {
            assertThat(callback)
                    .asInstanceOf(InstanceOfAssertFactories.type(PasswordCallback.class))
                    .satisfies(password -> assertThat(password.getPrompt()).contains("\"Team\""))
                    .satisfies(password -> password.setPassword(FakeToken.PIN.clone()));
        }
    }

    @Test
    void load_ofAStubFile_isTheTokenOfTheProvider() throws Exception {
        put("deploy", "01", "P-256");
        KeyStore store = KeyStore.getInstance("Symbolon", provider);
        store.load(stream("# stands for the token\n\n"), null);
        assertThat(store.size()).isEqualTo(1);
        assertThatThrownBy(() -> store.load(stream("team\nother\n"), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2 lines");
        assertThatThrownBy(() -> store.load(stream("other\n"), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the provider of another");
        byte[] pkcs12 = {0x30, (byte) 0x82, 0x01, 0x02, (byte) 0xFF};
        assertThatThrownBy(() -> store.load(new ByteArrayInputStream(pkcs12), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PKCS12");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void store_toNothing_isNothing() throws Exception {
        KeyStore store = loaded();
        int before = token.requests();
        store.store(null, null);
        store.store(null);
        assertThat(token.requests()).isEqualTo(before);
        assertThatThrownBy(() -> store.store(new ByteArrayOutputStream(), new char[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must be null");
    }

    // ---- changing

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
