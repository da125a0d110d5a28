package org.symbolon.tests.ssh.x509;

import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.jca.SymbolonProvider;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKeys;
import org.symbolon.ssh.x509.TokenX509Keys;
import org.symbolon.tests.SoftTokens;

/** A soft token with one key and its certificate: a user's card, or a server's. */
final class Card implements AutoCloseable {
    static final String LABEL = "identity";

    private final TokenModule module;
    private final Session session;
    private final PublicKey publicKey;
    private final TokenPrivateKey privateKey;

    Card(Mechanism generation) throws Exception {
        module = SoftTokens.inMemory();
        session = SoftTokens.newSession(module, "Card");
        KeyPairObject pair = session.generateKeyPair(generation, Template.label(LABEL));
        publicKey = PublicKeys.of(pair.publicKey());
        privateKey = TokenPrivateKey.of(session, pair.privateKey(), publicKey);
    }

    PublicKey publicKey() {
        return publicKey;
    }

    Session session() {
        return session;
    }

    /** Puts the certificate beside the key, by the JCA's means. */
    void put(X509Certificate certificate) throws Exception {
        keyStore().setKeyEntry(LABEL, privateKey, null, new Certificate[] {certificate});
    }

    KeyStore keyStore() throws Exception {
        KeyStore keyStore = KeyStore.getInstance(SymbolonProvider.NAME, SymbolonProvider.of(session));
        keyStore.load(null, null);
        return keyStore;
    }

    /** The key and its certificate for SSH. */
    TokenX509Keys keys() throws Exception {
        return TokenX509Keys.of(TokenSshKeys.labelled(session, new TokenSigner(), List.of(LABEL)), session);
    }

    @Override
    public void close() {
        module.close();
    }
}
