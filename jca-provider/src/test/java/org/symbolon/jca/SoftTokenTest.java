package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenModule;
import org.symbolon.TokenPermissionException;
import org.symbolon.key.PublicKeys;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.SoftModule;

/** The provider over the soft token, whole: nothing of it is a test's. */
class SoftTokenTest {
    @TempDir
    Path directory;

    @AfterEach
    void unregister() {
        for (var provider : Security.getProviders()) {
            if (provider instanceof SymbolonProvider) {
                Security.removeProvider(provider.getName());
            }
        }
    }

    private static TokenModule memory() throws Exception {
        return SoftModule.builder().memory().kdf(KdfParameters.floor()).open();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void key_generatedStoredAndFoundAgain_signs(String algorithm) throws Exception {
        try (TokenModule module = memory();
                Pin pin = SoftTokens.pin();
                Session session = SoftTokens.initialize(module, "Team").open(Login.user(pin))) {
            SymbolonProvider provider = SymbolonProvider.of(session);
            Security.addProvider(provider);
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, provider);
            if (algorithm.equals("RSA")) {
                generator.initialize(2048);
            }
            KeyPair keys = generator.generateKeyPair();
            X509Certificate certificate = TestCertificates.selfSigned("site", keys);
            certificate.verify(keys.getPublic());

            KeyStore store = KeyStore.getInstance("Symbolon", provider);
            store.load(null, null);
            store.setKeyEntry("site", keys.getPrivate(), null, new Certificate[] {certificate});
            assertThat(Collections.list(store.aliases())).containsExactly("site");
            assertThat(store.getCertificateChain("site")).containsExactly(certificate);

            Signature signature = Signature.getInstance(TestCertificates.algorithm(keys.getPublic()));
            signature.initSign((PrivateKey) store.getKey("site", null));
            signature.update(new byte[1000]);
            byte[] signed = signature.sign();
            assertThat(signature.getProvider()).isSameAs(provider);
            signature.initVerify(certificate);
            signature.update(new byte[1000]);
            assertThat(signature.verify(signed)).isTrue();

            store.deleteEntry("site");
            assertThat(store.size()).isZero();
        }
    }

    @Test
    void keysWithoutAnId_givenChains_leaveEachOthersAlone() throws Exception {
        try (TokenModule module = memory();
                Pin pin = SoftTokens.pin();
                Session session = SoftTokens.initialize(module, "Team").open(Login.user(pin))) {
            SymbolonProvider provider = SymbolonProvider.of(session);
            Security.addProvider(provider);
            KeyStore store = KeyStore.getInstance("Symbolon", provider);
            store.load(null, null);
            for (String alias : new String[] {"one", "two"}) {
                KeyPairObject keys =
                        session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label(alias));
                PrivateKey key = (PrivateKey) store.getKey(alias, null);
                KeyPair pair = new KeyPair(PublicKeys.of(keys.publicKey()), key);
                store.setKeyEntry(alias, key, null, new Certificate[] {TestCertificates.selfSigned(alias, pair)});
            }
            assertThat(Collections.list(store.aliases())).containsExactlyInAnyOrder("one", "two");
            assertThat(store.getCertificateChain("one")).hasSize(1);
            assertThat(store.getCertificateChain("two")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "P-256", "P-384", "P-521", "Ed25519"})
    void softKey_importedByKeyStore_signs(String kind) throws Exception {
        try (TokenModule module = memory();
                Pin pin = SoftTokens.pin();
                Session session = SoftTokens.initialize(module, "Team").open(Login.user(pin))) {
            SymbolonProvider provider = SymbolonProvider.of(session);
            KeyPair keys = TestKeys.pair(kind);
            KeyStore store = KeyStore.getInstance("Symbolon", provider);
            store.load(null, null);
            store.setKeyEntry("imported", keys.getPrivate(), null, new Certificate[] {
                TestCertificates.selfSigned("imported", keys)
            });
            String algorithm = TestCertificates.algorithm(keys.getPublic());
            Signature signature = Signature.getInstance(algorithm, provider);
            signature.initSign((PrivateKey) store.getKey("imported", null));
            signature.update((byte) 1);
            byte[] signed = signature.sign();
            signature.initVerify(keys.getPublic());
            signature.update((byte) 1);
            assertThat(signature.verify(signed)).isTrue();
        }
    }

    @Test
    void keyThatMayNotSign_saysWhy() throws Exception {
        try (TokenModule module = memory();
                Pin pin = SoftTokens.pin();
                Session session = SoftTokens.initialize(module, "Team").open(Login.user(pin))) {
            SymbolonProvider provider = SymbolonProvider.of(session);
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
            generator.initialize(TokenKeyGenParameterSpec.label("mute").privateKey(Attribute.SIGN, false));
            Signature signature = Signature.getInstance("SHA256withECDSA", provider);
            signature.initSign(generator.generateKeyPair().getPrivate());
            assertThatThrownBy(signature::sign)
                    .hasMessageContaining("\"mute\" in token \"Team\"")
                    .hasMessageContaining("CKR_KEY_FUNCTION_NOT_PERMITTED")
                    .hasCauseInstanceOf(TokenPermissionException.class);
            assertThat(new SecureRandom().getProvider()).isNotSameAs(provider);
            assertThat(SecureRandom.getInstance("Symbolon", provider).generateSeed(8))
                    .hasSize(8);
        }
    }

    @Test
    void configured_byAModulesUri_logsInWithTheKeyStoresPassword() throws Exception {
        Path database = directory.resolve("team.db");
        SoftTokens.initialize(database, "Team");
        try (SymbolonProvider provider = new SymbolonProvider().configure("soft:sqlite:" + database)) {
            KeyStore store = KeyStore.getInstance("Symbolon", provider);
            assertThatThrownBy(() -> store.load(null, "wrong PIN".toCharArray()))
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(UnrecoverableKeyException.class)
                    .hasMessageNotContaining("wrong PIN");
            store.load(null, SoftTokens.PIN_TEXT.toCharArray());
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
            generator.initialize(TokenKeyGenParameterSpec.label("deploy"));
            generator.generateKeyPair();
            assertThat(store.isKeyEntry("deploy")).isTrue();
        }
        try (SymbolonProvider again = new SymbolonProvider().configure("soft:sqlite:" + database)) {
            KeyStore store = KeyStore.getInstance("Symbolon", again);
            store.load(null, null);
            assertThat(store.containsAlias("deploy"))
                    .as("a private key without login")
                    .isFalse();
            store.load(null, SoftTokens.PIN_TEXT.toCharArray());
            assertThat(store.getKey("deploy", null)).isNotNull();
        }
    }

    @Test
    void fileThatNamesTheToken_isAKeyStoreFile() throws Exception {
        Path database = directory.resolve("team.db");
        SoftTokens.initialize(database, "Team");
        SymbolonProvider bare = new SymbolonProvider();
        KeyStore store = KeyStore.getInstance("Symbolon", bare);
        byte[] profile = ("soft:sqlite:" + database + "\n").getBytes(StandardCharsets.UTF_8);
        store.load(new ByteArrayInputStream(profile), SoftTokens.PIN_TEXT.toCharArray());
        assertThat(store.size()).isZero();
        store.setCertificateEntry("ca", TestCertificates.selfSigned("ca", TestKeys.pair("RSA")));
        assertThat(store.isCertificateEntry("ca")).isTrue();
        bare.configure("soft:sqlite:" + database).close();
    }

    @Test
    void alwaysAuthenticateKey_takesThePinFromGetKey() throws Exception {
        try (TokenModule module = memory();
                Pin pin = SoftTokens.pin()) {
            Token token = SoftTokens.initialize(module, "Team");
            try (Session session = token.open(Login.user(pin))) {
                SymbolonProvider provider = SymbolonProvider.builder()
                        .session(session)
                        .name("Careful")
                        .build();
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
                generator.initialize(
                        TokenKeyGenParameterSpec.label("notary").privateKey(Attribute.ALWAYS_AUTHENTICATE, true));
                generator.generateKeyPair();
                KeyStore store = KeyStore.getInstance("Symbolon", provider);
                store.load(null, null);

                Signature signature = Signature.getInstance("SHA256withECDSA", provider);
                signature.initSign((PrivateKey) store.getKey("notary", null));
                assertThatThrownBy(signature::sign).hasMessageContaining("CKR_USER_NOT_LOGGED_IN");
                signature.initSign((PrivateKey) store.getKey("notary", SoftTokens.PIN_TEXT.toCharArray()));
                assertThat(signature.sign()).isNotEmpty();
            }
        }
    }
}
