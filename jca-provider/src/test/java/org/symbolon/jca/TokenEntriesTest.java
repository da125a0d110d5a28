package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DomainLoadStoreParameter;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Security;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.callback.PasswordCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.key.TokenSecretKey;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.SoftModule;

/** What a key store shows and takes, over a soft token. */
class TokenEntriesTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    @TempDir
    Path directory;

    private TokenModule module;
    private Session session;
    private SymbolonProvider provider;

    @BeforeEach
    void open() throws Exception {
        module = SoftModule.builder().memory().kdf(KdfParameters.floor()).open();
        try (Pin pin = SoftTokens.pin()) {
            session = SoftTokens.initialize(module, "Team").open(Login.user(pin));
        }
        provider = SymbolonProvider.of(session);
    }

    @AfterEach
    void close() {
        provider.close();
        module.close();
    }

    private KeyStore loaded(TokenLoadStoreParameter parameter) throws Exception {
        KeyStore store = KeyStore.getInstance("Symbolon", provider);
        store.load(parameter);
        return store;
    }

    private KeyStore loaded() throws Exception {
        return loaded(TokenLoadStoreParameter.ofDefaults());
    }

    // ---- secret keys

    @Test
    void secretKey_setAndFoundAgain_staysInTheToken() throws Exception {
        KeyStore store = loaded();
        store.setEntry("disk", new KeyStore.SecretKeyEntry(new SecretKeySpec(new byte[32], "AES")), null);

        assertThat(store.isKeyEntry("disk")).isTrue();
        assertThat(store.isCertificateEntry("disk")).isFalse();
        assertThat(store.entryInstanceOf("disk", KeyStore.SecretKeyEntry.class)).isTrue();
        assertThat(store.entryInstanceOf("disk", KeyStore.PrivateKeyEntry.class))
                .isFalse();
        assertThat(store.getCertificateChain("disk")).isNull();
        SecretKey key = ((KeyStore.SecretKeyEntry) store.getEntry("disk", null)).getSecretKey();
        assertThat(key).isInstanceOf(TokenSecretKey.class);
        assertThat(key.getAlgorithm()).isEqualTo("AES");
        assertThat(key.getEncoded()).isNull();
        assertThat(((TokenSecretKey) key).object().attributes().isTrue(Attribute.SENSITIVE))
                .isTrue();
        assertThat(store.getKey("pkcs11:object=disk;type=secret-key", null)).isEqualTo(key);

        store.deleteEntry("disk");
        assertThat(store.size()).isZero();
    }

    @Test
    void secretKey_ofTheSession_isKeptByItsAlias() throws Exception {
        SecretKeyObject made = session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.empty());
        KeyStore store = loaded();
        store.setKeyEntry("kept", TokenSecretKey.of(session, made), null, null);
        assertThat(Collections.list(store.aliases())).containsExactly("kept");
        assertThat(session.findAll(ObjectQuery.secretKeys().label("kept").with(Attribute.TOKEN, true)))
                .hasSize(1);
        store.setKeyEntry("renamed", store.getKey("kept", null), null, null);
        assertThat(Collections.list(store.aliases())).containsExactly("renamed");
    }

    @Test
    void secretKey_setInThePlaceOfAnother_replacesIt() throws Exception {
        KeyStore store = loaded();
        store.setKeyEntry("mac", new SecretKeySpec(new byte[20], "HmacSHA256"), null, null);
        store.setKeyEntry("mac", new SecretKeySpec(new byte[24], "HmacSHA256"), null, null);
        assertThat(session.findAll(ObjectQuery.secretKeys())).hasSize(1);
    }

    @Test
    void secretKey_underTheAliasOfACertificate_staysWhereItIs() throws Exception {
        KeyStore store = loaded();
        store.setKeyEntry("disk", new SecretKeySpec(new byte[32], "AES"), null, null);
        Certificate certificate = TestCertificates.selfSigned("ca", TestKeys.pair("P-256"));
        assertThatThrownBy(() -> store.setCertificateEntry("disk", certificate))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("disk is a key");
        assertThat(store.isKeyEntry("disk")).isTrue();
        assertThat(store.size()).isOne();
    }

    @Test
    void secretKey_withoutEncoding_isRefused() throws Exception {
        SecretKey opaque = new SecretKey() {
            private static final long serialVersionUID = 1;

            @Override
            public String getAlgorithm() {
                return "AES";
            }

            @Override
            public @org.jspecify.annotations.Nullable String getFormat() {
                return null;
            }

            @Override
            public byte @org.jspecify.annotations.Nullable [] getEncoded() {
                return null;
            }
        };
        KeyStore store = loaded();
        assertThatThrownBy(() -> store.setKeyEntry("x", opaque, null, null))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("no encoding to import");
    }

    // ---- entries

    @Test
    void entry_setAndGot_hasTheNamesOfItsObject() throws Exception {
        KeyStore store = loaded();
        KeyPair pair = TestKeys.pair("P-256");
        Certificate[] chain = {TestCertificates.selfSigned("site", pair)};
        store.setEntry("site", new KeyStore.PrivateKeyEntry(pair.getPrivate(), chain), null);

        KeyStore.PrivateKeyEntry entry = (KeyStore.PrivateKeyEntry) store.getEntry("site", null);
        assertThat(entry.getCertificateChain()).containsExactly(chain);
        assertThat(entry.getAttributes())
                .anySatisfy(attribute -> assertThat(attribute.getValue()).isEqualTo("site"))
                .extracting(KeyStore.Entry.Attribute::getName)
                .containsExactlyInAnyOrder("1.2.840.113549.1.9.20", "1.2.840.113549.1.9.21");
    }

    // ---- chains from files

    @Test
    void chain_withIssuersInAFolder_isCompleted() throws Exception {
        KeyPair authority = TestKeys.pair("RSA");
        X509Certificate root = TestCertificates.selfSigned("authority", authority);
        Files.write(directory.resolve("root.der"), root.getEncoded());
        Files.writeString(
                directory.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Files.writeString(directory.resolve("readme.txt"), "no certificate");
        KeyPair pair = TestKeys.pair("P-256");
        X509Certificate leaf = TestCertificates.issue("site", pair.getPublic(), "authority", authority);
        loaded().setKeyEntry("site", pair.getPrivate(), null, new Certificate[] {leaf});

        assertThat(loaded().getCertificateChain("site")).containsExactly(leaf);
        assertThat(loaded(TokenLoadStoreParameter.ofDefaults().certificates(directory))
                        .getCertificateChain("site"))
                .containsExactly(leaf, root);
        provider.close();
        provider = SymbolonProvider.builder()
                .session(session)
                .certificates(directory)
                .build();
        assertThat(loadedPlainly().getCertificateChain("site")).containsExactly(leaf, root);
    }

    private KeyStore loadedPlainly() throws Exception {
        KeyStore store = KeyStore.getInstance("Symbolon", provider);
        store.load(null, null);
        return store;
    }

    @Test
    void key_whoseCertificateIsInAFile_hasIt() throws Exception {
        KeyPairObject pair = session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.P256), Template.label("site"));
        KeyPair authority = TestKeys.pair("RSA");
        X509Certificate leaf = TestCertificates.issue("site", PublicKeys.of(pair.publicKey()), "authority", authority);
        Path file = directory.resolve("site.pem");
        Files.writeString(
                file,
                "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(leaf.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        assertThat(loaded(TokenLoadStoreParameter.ofDefaults().certificates(file))
                        .getCertificate("site"))
                .isEqualTo(leaf);
    }

    @Test
    void load_withCertificatesThatAreMissing_saysWhich() {
        TokenLoadStoreParameter parameter =
                TokenLoadStoreParameter.ofDefaults().certificates(directory.resolve("nowhere.pem"));
        assertThatThrownBy(() -> loaded(parameter).size()).hasMessageContaining("nowhere.pem");
    }

    // ---- certificates made at run time

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "P-384", "P-521", "Ed25519", "Ed448"})
    void keyWithoutCertificate_ifThatIsWanted_hasOneOfItsOwn(String kind) throws Exception {
        Mechanism generator = kind.equals("RSA")
                ? Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048)
                : Mechanism.keyPairGen(NamedCurve.of(kind).orElseThrow());
        KeyPairObject pair = session.generateKeyPair(generator, Template.label("a \"bare\" key, yes"));
        KeyStore store = loaded(TokenLoadStoreParameter.ofDefaults().selfSigned());
        String alias = store.aliases().nextElement();

        X509Certificate certificate = (X509Certificate) store.getCertificate(alias);
        certificate.verify(PublicKeys.of(pair.publicKey()));
        certificate.checkValidity();
        assertThat(certificate.getSubjectX500Principal().getName()).contains("bare");
        KeyStore.PrivateKeyEntry entry = (KeyStore.PrivateKeyEntry) store.getEntry(alias, null);
        assertThat(entry.getPrivateKey()).isInstanceOf(TokenPrivateKey.class);

        session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("a change"));
        assertThat(store.getCertificate(alias)).isEqualTo(certificate);
        assertThat(loaded().getCertificate(alias)).isNull();
        assertThat(session.findAll(ObjectQuery.certificates())).isEmpty();
    }

    @Test
    void keyThatWantsAPinForItsCertificate_doesNotHideTheOthers() throws Exception {
        Mechanism generator = Mechanism.EC_KEY_PAIR_GEN.curve("P-256");
        session.generateKeyPair(generator, Template.label("plain"));
        session.generateKeyPair(
                generator,
                Template.label("notary"),
                Template.label("notary").with(Attribute.ALWAYS_AUTHENTICATE, true));
        KeyStore store = loaded(TokenLoadStoreParameter.ofDefaults().selfSigned());
        assertThat(Collections.list(store.aliases())).containsExactly("notary", "plain");
        assertThat(store.getCertificate("plain")).isNotNull();
        assertThat(store.getCertificate("notary")).isNull();
        assertThat(store.isKeyEntry("notary")).isTrue();
    }

    @Test
    void keyThatDoesNotSign_evenIfThatIsWanted_hasNoCertificate() throws Exception {
        session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.X25519), Template.label("agree"));
        KeyStore store = loaded(TokenLoadStoreParameter.ofDefaults().selfSigned());
        assertThat(store.getCertificate("agree")).isNull();
        assertThat(store.getKey("agree", null)).isNotNull();
    }

    // ---- which token, and how

    @Test
    void load_withATokenAndAHandler_opensAndLogsIn() throws Exception {
        Path database = directory.resolve("team.db");
        SoftTokens.initialize(database, "Other");
        SymbolonProvider bare = new SymbolonProvider();
        KeyStore store = KeyStore.getInstance("Symbolon", bare);
        store.load(TokenLoadStoreParameter.ofDefaults()
                .token("soft:sqlite:" + database)
                .protection(new KeyStore.CallbackHandlerProtection(callbacks -> {
                    ((PasswordCallback) callbacks[0]).setPassword(SoftTokens.PIN_TEXT.toCharArray());
                })));
        store.setKeyEntry("disk", new SecretKeySpec(new byte[32], "AES"), null, null);
        assertThat(Collections.list(store.aliases())).containsExactly("disk");
        bare.configure("soft:sqlite:" + database).close();
    }

    @Test
    void load_withAnotherTokenThanTheProviders_isRefused() throws Exception {
        Path database = directory.resolve("team.db");
        SoftTokens.initialize(database, "Other");
        TokenLoadStoreParameter parameter = TokenLoadStoreParameter.ofDefaults().token("soft:sqlite:" + database);
        assertThatThrownBy(() -> loaded(parameter))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("of another");
    }

    @Test
    void configure_withTheWordPkcs11_offersThatTypeToo() throws Exception {
        SymbolonProvider bare = new SymbolonProvider();
        SymbolonProvider plain = bare.configure("team");
        SymbolonProvider pkcs11 = bare.configure("team PKCS11");
        assertThat(plain.getService("KeyStore", "PKCS11")).isNull();
        assertThat(pkcs11.getService("KeyStore", "PKCS11")).isNotNull();
        assertThat(pkcs11.getName()).isEqualTo("Symbolon-team");
        assertThat(bare.configure(" team  PKCS11 ")).isSameAs(pkcs11);
        assertThat(pkcs11.configure("team PKCS11")).isSameAs(pkcs11);
        assertThat(bare.configure("team")).isSameAs(plain);
    }

    @Test
    void domain_withATokenInIt_showsItsKeys() throws Exception {
        Path database = directory.resolve("team.db");
        SoftTokens.initialize(database, "Team");
        Path profile = Files.writeString(directory.resolve("team.profile"), "soft:sqlite:" + database);
        Path domain = Files.writeString(
                directory.resolve("domains.cfg"),
                "domain office { keystore team keystoreType=\"Symbolon\" keystoreURI=\"" + profile.toUri() + "\"; };");
        SymbolonProvider bare = new SymbolonProvider();
        KeyPair pair = TestKeys.pair("P-256");
        KeyStore direct = KeyStore.getInstance("Symbolon", bare);
        direct.load(TokenLoadStoreParameter.ofDefaults()
                .token("soft:sqlite:" + database)
                .protection(new KeyStore.PasswordProtection(SoftTokens.PIN_TEXT.toCharArray())));
        direct.setKeyEntry(
                "site", pair.getPrivate(), null, new Certificate[] {TestCertificates.selfSigned("site", pair)});
        Security.addProvider(bare);
        try {
            KeyStore store = KeyStore.getInstance("DKS");
            store.load(new DomainLoadStoreParameter(
                    domain.toUri().resolve("#office"),
                    Map.of("team", new KeyStore.PasswordProtection(SoftTokens.PIN_TEXT.toCharArray()))));
            List<String> aliases = Collections.list(store.aliases());
            assertThat(aliases).hasSize(1);
            PrivateKey key = (PrivateKey) store.getKey(aliases.get(0), null);
            Signature signature = Signature.getInstance("SHA256withECDSA", bare);
            signature.initSign(key);
            signature.update(MESSAGE);
            assertThat(signature.sign()).isNotEmpty();
        } finally {
            Security.removeProvider(bare.getName());
            bare.configure("soft:sqlite:" + database).close();
        }
    }
}
