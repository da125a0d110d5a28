package org.symbolon.tests.frameworks;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import org.symbolon.Attribute;
import org.symbolon.KeyPairObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.jca.SymbolonProvider;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.tests.SoftTokens;

/**
 * A key and its certificate in a token of their own, whose provider stands last in the list of providers.
 *
 * @param kind what kind of key
 * @param authority who issued the certificate and is trusted
 * @param module the token's module
 * @param provider the token's provider
 * @param keyStore the token as a key store
 */
record HeldKey(KeyKind kind, Authority authority, TokenModule module, SymbolonProvider provider, KeyStore keyStore)
        implements AutoCloseable {
    static final String ALIAS = "site";

    /** Makes a token with a key, and adds its provider to the list. */
    static HeldKey create(KeyKind kind, Authority authority) throws GeneralSecurityException, IOException {
        TokenModule module = SoftTokens.inMemory();
        Session session = SoftTokens.newSession(module, kind.title());
        SymbolonProvider provider = SymbolonProvider.of(session);
        Template name = Template.label(ALIAS);
        Template decrypting = kind == KeyKind.RSA ? name.with(Attribute.DECRYPT, true) : name;
        KeyPairObject pair = session.generateKeyPair(kind.generator(), name, decrypting.with(Attribute.SIGN, true));
        PublicKey publicKey = PublicKeys.of(pair.publicKey());
        KeyStore keyStore = KeyStore.getInstance(SymbolonProvider.NAME, provider);
        keyStore.load(null, null);
        X509Certificate certificate = authority.issue("CN=" + kind.title(), kind.certified(publicKey));
        keyStore.setKeyEntry(ALIAS, TokenPrivateKey.of(session, pair.privateKey(), publicKey), null, new Certificate[] {
            certificate, authority.certificate()
        });
        Security.addProvider(provider);
        return new HeldKey(kind, authority, module, provider, keyStore);
    }

    PrivateKey privateKey() throws GeneralSecurityException {
        return (PrivateKey) keyStore.getKey(ALIAS, null);
    }

    X509Certificate certificate() throws GeneralSecurityException {
        return (X509Certificate) keyStore.getCertificate(ALIAS);
    }

    X509Certificate[] chain() throws GeneralSecurityException {
        return new X509Certificate[] {certificate(), authority.certificate()};
    }

    @Override
    public void close() {
        Security.removeProvider(provider.getName());
        provider.close();
        module.close();
    }
}
