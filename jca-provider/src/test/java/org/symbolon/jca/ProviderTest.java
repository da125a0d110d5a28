package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Session;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.key.TokenPrivateKey;

/** What the JCA does with the provider: selection, configuration, login. */
class ProviderTest {
    private final FakeToken team = new FakeToken("Team");
    private final FakeToken other = new FakeToken("Other");

    @AfterEach
    void unregister() {
        for (Provider provider : Security.getProviders()) {
            if (provider instanceof SymbolonProvider || provider instanceof BouncyCastleProvider) {
                Security.removeProvider(provider.getName());
            }
        }
    }

    // ---- selection

    @Test
    void addedLast_isPickedForItsKeysAndForNothingElse() throws GeneralSecurityException {
        Session session = team.openAsUser();
        SymbolonProvider provider = SymbolonProvider.of(session);
        Security.addProvider(provider);

        Signature ours = Signature.getInstance("SHA256withECDSA");
        ours.initSign(TestKeys.put(team, session, "P-256"));
        assertThat(ours.getProvider()).isSameAs(provider);
        assertThat(ours.sign()).isNotEmpty();

        Signature theirs = Signature.getInstance("SHA256withECDSA");
        theirs.initSign(TestKeys.pair("P-256").getPrivate());
        assertThat(theirs.getProvider()).isNotInstanceOf(SymbolonProvider.class);
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(TestKeys.pair("P-256").getPublic());
        assertThat(verifier.getProvider()).isNotInstanceOf(SymbolonProvider.class);
        assertThat(new SecureRandom().getProvider()).isNotInstanceOf(SymbolonProvider.class);
        assertThat(KeyPairGenerator.getInstance("EC").getProvider()).isNotInstanceOf(SymbolonProvider.class);
    }

    @Test
    void pss_initialisedFirst_isPickedByTheKey() throws GeneralSecurityException {
        Session session = team.openAsUser();
        SymbolonProvider provider = SymbolonProvider.of(session);
        Security.addProvider(provider);
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.initSign(TestKeys.put(team, session, "RSA"));
        signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        assertThat(signature.getProvider()).isSameAs(provider);
        assertThat(signature.sign()).isNotEmpty();
    }

    @Test
    void twoProviders_eachTakeTheirOwnKeys() throws GeneralSecurityException {
        Session one = team.openAsUser();
        Session two = other.openAsUser();
        SymbolonProvider first = SymbolonProvider.of(one);
        SymbolonProvider second = SymbolonProvider.of(two);
        Security.addProvider(first);
        Security.addProvider(second);
        assertThat(first.getName()).isEqualTo("Symbolon-Team");
        assertThat(second.getName()).isEqualTo("Symbolon-Other");

        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(TestKeys.put(other, two, "RSA"));
        assertThat(signature.getProvider()).isSameAs(second);
        signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(TestKeys.put(team, one, "RSA"));
        assertThat(signature.getProvider()).isSameAs(first);
    }

    @Test
    void bouncyCastleFirst_changesNothing() throws GeneralSecurityException {
        Security.insertProviderAt(new BouncyCastleProvider(), 1);
        Session session = team.openAsUser();
        SymbolonProvider provider = SymbolonProvider.of(session);
        Security.addProvider(provider);
        for (String kind : new String[] {"RSA", "P-256", "Ed25519"}) {
            TokenPrivateKey key = TestKeys.put(team, session, kind);
            Signature signature = Signature.getInstance(TestCertificates.algorithm(key.publicKey()));
            signature.initSign(key);
            assertThat(signature.getProvider()).as(kind).isSameAs(provider);
            byte[] signed = signature.sign();
            signature.initVerify(key.publicKey());
            assertThat(signature.verify(signed)).isTrue();
        }
        PublicKey rsa = TestKeys.pair("RSA").getPublic();
        X509Certificate certificate =
                TestCertificates.issue("x", rsa, "x", rsa, TestKeys.put(team, session, "RSA"), "SHA256withRSAandMGF1");
        assertThat(certificate.getSigAlgOID()).isEqualTo("1.2.840.113549.1.1.10");
        certificate.verify(rsa);
    }

    @Test
    void supportsParameter_ofAnythingElse_isFalseAndAsksNobody() throws GeneralSecurityException {
        Session session = team.openAsUser();
        SymbolonProvider provider = SymbolonProvider.of(session);
        TokenPrivateKey rsa = TestKeys.put(team, session, "RSA");
        TokenPrivateKey destroyed = TestKeys.put(team, session, "RSA");
        destroyed.destroy();
        int before = team.requests();
        Provider.Service service = provider.getService("Signature", "SHA256withRSA");
        assertThat(service.supportsParameter(rsa)).isTrue();
        assertThat(service.supportsParameter(destroyed)).isFalse();
        assertThat(service.supportsParameter(TestKeys.put(team, session, "P-256")))
                .isFalse();
        assertThat(service.supportsParameter(TestKeys.put(other, other.openAsUser(), "RSA")))
                .isFalse();
        assertThat(service.supportsParameter(rsa.publicKey())).isFalse();
        assertThat(service.supportsParameter(TestKeys.pair("RSA").getPrivate())).isFalse();
        assertThat(service.supportsParameter(null)).isFalse();
        assertThat(service.supportsParameter("a key")).isFalse();
        assertThat(team.requests()).isEqualTo(before);
    }

    @Test
    void providerWithoutToken_signsWithKeysOfAnySession() throws GeneralSecurityException {
        Security.addProvider(new SymbolonProvider());
        Session session = team.openAsUser();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(TestKeys.put(team, session, "P-256"));
        assertThat(signature.getProvider().getName()).isEqualTo("Symbolon");
        assertThat(signature.sign()).isNotEmpty();
    }

    // ---- configuration

    @Test
    void serviceLoader_findsTheProviderAndItOpensNothing() {
        SymbolonProvider found = ServiceLoader.load(Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(SymbolonProvider.class::isInstance)
                .map(SymbolonProvider.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(found.getName()).isEqualTo("Symbolon");
        assertThat(found.isConfigured()).isFalse();
        assertThat(found.getService("KeyStore", "Symbolon")).isNotNull();
        assertThat(found.getService("KeyStore", "PKCS11")).isNull();
        assertThat(Security.getAlgorithms("Signature")).isNotEmpty();
    }

    @Test
    void configure_isIdempotentAndNamesTheProviderByItsProfile() {
        SymbolonProvider bare = new SymbolonProvider();
        SymbolonProvider configured = bare.configure(" team ");
        assertThat(configured.getName()).isEqualTo("Symbolon-team");
        assertThat(configured.isConfigured()).isTrue();
        assertThat(bare.configure("team")).isSameAs(configured);
        assertThat(configured.configure("team")).isSameAs(configured);
        assertThat(bare.configure("other")).isNotSameAs(configured);
        assertThat(bare.isConfigured()).isFalse();
    }

    @Test
    void configure_withAMalformedProfile_says() {
        SymbolonProvider bare = new SymbolonProvider();
        assertThatThrownBy(() -> bare.configure("  ")).isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> bare.configure("pkcs11:token=a;token=b"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("token");
        assertThatThrownBy(() -> bare.configure("pkcs11:token=Team?pin-value=7310"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("pin-source")
                .hasMessageNotContaining("7310");
    }

    @Test
    void keyBoundOnly_offersNothingThatIsPickedByName() throws GeneralSecurityException {
        SymbolonProvider provider = SymbolonProvider.builder()
                .session(team.openAsUser())
                .keyBoundOnly()
                .name("First")
                .build();
        assertThat(provider.getName()).isEqualTo("First");
        assertThat(provider.getServices())
                .extracting(Provider.Service::getType)
                .contains("Signature", "Cipher")
                .doesNotContain(
                        "KeyGenerator", "KeyPairGenerator", "SecretKeyFactory", "MessageDigest", "SecureRandom");
    }

    @Test
    void builder_withSessionAndToken_isRefused() throws GeneralSecurityException {
        SymbolonProviderBuilder builder =
                SymbolonProvider.builder().session(team.openAsUser()).token("team");
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not both");
        assertThat(SymbolonProvider.builder().token(" team ").build().getName()).isEqualTo("Symbolon-team");
        assertThat(SymbolonProvider.builder().build().getName()).isEqualTo("Symbolon");
    }

    @Test
    void pkcs11KeyStore_isOfferedWhenWanted() throws Exception {
        SymbolonProvider provider = SymbolonProvider.builder()
                .session(team.openAsUser())
                .pkcs11KeyStore()
                .build();
        KeyStore store = KeyStore.getInstance("PKCS11", provider);
        store.load(null, null);
        assertThat(store.size()).isZero();
    }

    @Test
    void serialization_isRefused() throws Exception {
        SymbolonProvider provider = SymbolonProvider.of(team.openAsUser());
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(provider)).isInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void unsignedProviderNotice_isGivenByOraclesJdkOnly() {
        assertThat(JceVerification.notice("Oracle Corporation", "Java HotSpot(TM) 64-Bit Server VM"))
                .hasValueSatisfying(notice -> assertThat(notice).contains("JCE cannot authenticate the provider"));
        assertThat(JceVerification.notice("Oracle Corporation", "OpenJDK 64-Bit Server VM"))
                .isEmpty();
        assertThat(JceVerification.notice("Eclipse Adoptium", "OpenJDK 64-Bit Server VM"))
                .isEmpty();
        assertThat(SymbolonProvider.unsignedProviderNotice()).isEmpty();
    }

    // ---- login

    private static CallbackHandler answering(char... pin) {
        return callbacks -> {
            for (Callback callback : callbacks) {
                ((PasswordCallback) callback).setPassword(pin);
            }
        };
    }

    @Test
    void login_isCountedAndEndsWithTheLastLogout() throws Exception {
        try (Session open = team.openPublic()) {
            SymbolonProvider provider = SymbolonProvider.of(open);
            team.put(TestKeys.pair("P-256"), TestKeys.named("deploy", "01"));
            KeyStore store = KeyStore.getInstance("Symbolon", provider);
            store.load(null, null);
            assertThat(store.size()).isZero();

            int before = team.openSessions();
            provider.login(null, answering('1', '2', '3', '4'));
            provider.login(null, answering('1', '2', '3', '4'));
            assertThat(team.openSessions()).isEqualTo(before + 1);
            assertThat(store.size()).isEqualTo(1);
            provider.logout();
            assertThat(store.size()).isEqualTo(1);
            provider.logout();
            assertThat(team.openSessions()).isEqualTo(before);
            assertThat(store.size()).isZero();
            provider.logout();
            assertThat(team.openSessions()).isEqualTo(before);
            assertThat(open.isClosed()).isFalse();
        }
    }

    @Test
    void logout_leavesTheLoginToAKeyStoreThatWasLoadedWithAPin() throws Exception {
        SymbolonProvider provider = SymbolonProvider.of(team.openPublic());
        team.put(TestKeys.pair("P-256"), TestKeys.named("deploy", "01"));
        KeyStore store = KeyStore.getInstance("Symbolon", provider);
        store.load(null, FakeToken.PIN.clone());
        store.load(null, FakeToken.PIN.clone());
        provider.login(null, null);
        provider.logout();
        assertThat(store.size()).isEqualTo(1);
        provider.logout();
        assertThat(store.size()).as("after a logout too many").isZero();
    }

    @Test
    void login_asksTheHandlerThatWasSet() throws Exception {
        SymbolonProvider provider = SymbolonProvider.of(team.openPublic());
        AtomicInteger asked = new AtomicInteger();
        provider.setCallbackHandler(callbacks -> {
            asked.incrementAndGet();
            answering('1', '2', '3', '4').handle(callbacks);
        });
        provider.login(null, null);
        assertThat(asked).hasValue(1);
        provider.logout();
    }

    @Test
    void login_asksTheHandlerOfTheSecurityProperty() throws Exception {
        Security.setProperty("auth.login.defaultCallbackHandler", AnsweringHandler.class.getName());
        try {
            SymbolonProvider provider = SymbolonProvider.of(team.openPublic());
            provider.login(null, null);
            provider.logout();
            assertThat(team.logins()).isEqualTo(1);
            Security.setProperty("auth.login.defaultCallbackHandler", "no.such.Handler");
            assertThatThrownBy(() -> provider.login(null, null))
                    .isInstanceOf(LoginException.class)
                    .hasMessageContaining("no.such.Handler");
        } finally {
            Security.setProperty("auth.login.defaultCallbackHandler", "");
        }
    }

    /** A handler that a security property names. */
    public static final class AnsweringHandler implements CallbackHandler {
        @Override
        public void handle(Callback[] callbacks) {
            ((PasswordCallback) callbacks[0]).setPassword(FakeToken.PIN.clone());
        }
    }

    @Test
    void login_withoutAPinToBeHad_saysHowToGiveOne() throws Exception {
        SymbolonProvider provider = SymbolonProvider.of(team.openPublic());
        assertThatThrownBy(() -> provider.login(null, null))
                .isInstanceOf(LoginException.class)
                .hasMessageContaining("no PIN for token \"Team\"");
        assertThatThrownBy(() -> provider.login(null, callbacks -> {
                    throw new java.io.IOException("the terminal is gone");
                }))
                .isInstanceOf(LoginException.class)
                .hasMessageContaining("the terminal is gone");
    }

    @Test
    void login_withAWrongPin_failsWithTheTriesLeft() throws Exception {
        SymbolonProvider provider = SymbolonProvider.of(team.openPublic());
        assertThatThrownBy(() -> provider.login(null, answering('9', '9', '9', '9')))
                .isInstanceOf(FailedLoginException.class)
                .hasMessageContaining("2 tries are left")
                .hasCauseInstanceOf(TokenAuthenticationException.class);
    }

    @Test
    void close_endsWhatTheProviderOpenedOnly() throws Exception {
        Session open = team.openPublic();
        SymbolonProvider provider = SymbolonProvider.of(open);
        provider.login(null, answering('1', '2', '3', '4'));
        int before = team.openSessions();
        provider.close();
        provider.close();
        assertThat(team.openSessions()).isEqualTo(before - 1);
        assertThat(open.isClosed()).isFalse();
        assertThatThrownBy(() -> KeyStore.getInstance("Symbolon", provider).load(null, null))
                .isInstanceOf(java.io.IOException.class)
                .hasMessageContaining("was closed");
    }

    // ---- random numbers

    @Test
    void secureRandom_comesFromTheTokenWhenNamed() throws Exception {
        SymbolonProvider provider = SymbolonProvider.of(team.openAsUser());
        SecureRandom random = SecureRandom.getInstance("Symbolon", provider);
        int before = team.requests();
        byte[] bytes = new byte[200_000];
        random.nextBytes(bytes);
        assertThat(team.requests()).isEqualTo(before + 4);
        assertThat(bytes).contains(1, 2, 3).isNotEqualTo(new byte[200_000]);
        random.setSeed(7);
        assertThat(random.generateSeed(16)).hasSize(16);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256, random);
        KeyPair keys = generator.generateKeyPair();
        assertThat(keys.getPublic()).isNotNull();
    }
}
