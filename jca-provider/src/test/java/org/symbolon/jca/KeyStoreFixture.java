package org.symbolon.jca;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;

/** A token of our own making, logged in to, and the key store over it. */
abstract class KeyStoreFixture extends FakeTokenFixture {
    KeyStore loaded() throws GeneralSecurityException, IOException {
        return loaded(provider);
    }

    static KeyStore loaded(SymbolonProvider of) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("Symbolon", of);
        store.load(null, null);
        return store;
    }

    void put(String label, String hexId, String kind) {
        token.put(TestKeys.pair(kind), TestKeys.named(label, hexId));
    }

    void putCertificate(String label, String hexId, X509Certificate certificate) throws GeneralSecurityException {
        token.store(TestKeys.named(label, hexId)
                .with(Attribute.CLASS, ObjectClass.CERTIFICATE)
                .with(Attribute.VALUE, Bytes.wrap(certificate.getEncoded())));
    }

    static byte[] sign(PrivateKey key, String algorithm, SymbolonProvider by) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm, by);
        signature.initSign(key);
        return signature.sign();
    }
}
