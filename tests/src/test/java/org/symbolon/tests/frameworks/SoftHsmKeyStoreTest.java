package org.symbolon.tests.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import org.junit.jupiter.api.Test;
import org.symbolon.Login;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenModule;
import org.symbolon.jca.SymbolonProvider;
import org.symbolon.jca.TokenKeyGenParameterSpec;
import org.symbolon.tests.remote.SoftHsm;

/** A key store over SoftHSM 2, which has no unique ids. */
class SoftHsmKeyStoreTest {
    @Test
    void certificate_renewedTwiceAndDeleted_isReplacedAndGone() throws Exception {
        Authority authority = Authority.create();
        try (SoftHsm softHsm = new SoftHsm();
                TokenModule module = TokenModule.open(softHsm.execUri());
                Pin officerPin = Pin.of('1', '2', '3', '4', '5', '6', '7', '8');
                Pin userPin = Pin.of('8', '7', '6', '5', '4', '3', '2', '1')) {
            Token token = module.emptySlot().initialize("Renewed", officerPin);
            try (Session officer = token.open(Login.securityOfficer(officerPin))) {
                officer.initPin(userPin);
            }
            try (Session session = token.open(Login.user(userPin));
                    SymbolonProvider provider = SymbolonProvider.of(session)) {
                KeyStore store = KeyStore.getInstance(SymbolonProvider.NAME, provider);
                store.load(null, null);
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
                generator.initialize(TokenKeyGenParameterSpec.label("web"));
                KeyPair pair = generator.generateKeyPair();
                PublicKey publicKey = pair.getPublic();
                store.setKeyEntry("web", pair.getPrivate(), null, new Certificate[] {
                    authority.issue("CN=web", publicKey), authority.certificate()
                });
                for (int renewal = 0; renewal < 2; renewal++) {
                    Certificate[] renewed = {authority.issue("CN=web", publicKey), authority.certificate()};
                    store.setKeyEntry("web", store.getKey("web", null), null, renewed);
                    assertThat(store.getCertificateChain("web")).containsExactly(renewed);
                    assertThat(session.findAll(ObjectQuery.certificates())).hasSize(2);
                }
                store.deleteEntry("web");
                assertThat(session.findAll(ObjectQuery.all())).isEmpty();
            }
        }
    }
}
