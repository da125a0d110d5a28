package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.ObjectQuery;

/**
 * JSSE takes the first provider for its ephemeral key pairs, and agrees by the provider that takes their keys: with ours last, or
 * first and bound to keys, the token has no part in that.
 */
class TlsKeyAgreementTest {
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void handshake_withTheProviderLast_leavesTheTokenAlone(String protocol) throws Exception {
        try (SoftTokenFixture token = new SoftTokenFixture()) {
            assertThat(keysAfterAHandshake(token, protocol)).isZero();
        }
    }

    /** JSSE of Java 17 asks the first provider's Mac for its length before it has a key, and keeps to it. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void handshake_withTheProviderFirstAndBoundToKeys_leavesTheTokenAlone(String protocol) throws Exception {
        try (SoftTokenFixture token = new SoftTokenFixture();
                SymbolonProvider first = SymbolonProvider.builder()
                        .session(token.session())
                        .name("First")
                        .keyBoundOnly()
                        .build()) {
            Security.insertProviderAt(first, 1);
            try {
                assertThat(keysAfterAHandshake(token, protocol)).isZero();
            } finally {
                Security.removeProvider(first.getName());
            }
        }
    }

    private static int keysAfterAHandshake(SoftTokenFixture token, String protocol) throws Exception {
        KeyPair keys = TestKeys.pair("P-256");
        X509Certificate certificate = TestCertificates.selfSigned("localhost", keys);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("site", keys.getPrivate(), new char[0], new Certificate[] {certificate});
        javax.net.ssl.KeyManagerFactory factory = javax.net.ssl.KeyManagerFactory.getInstance("PKIX");
        factory.init(new javax.net.ssl.KeyStoreBuilderParameters(
                KeyStore.Builder.newInstance(store, new KeyStore.PasswordProtection(new char[0]))));
        SSLContext server = TlsScenario.context(factory.getKeyManagers(), certificate);
        SSLContext client = TlsScenario.context(new KeyManager[0], certificate);

        assertThat(TlsScenario.talk(server, client, protocol, false)).contains("CN=localhost");

        return token.session().findAll(ObjectQuery.privateKeys()).size();
    }
}
