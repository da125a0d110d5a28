package org.symbolon.examples.spring;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import org.springframework.stereotype.Component;
import org.symbolon.Mechanism;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.jca.SymbolonProvider;

/** Signs with one key in two ways: by the session, and as any library does that knows only Java's own classes. */
@Component
public class Signer {
    private final Session session;
    private final SymbolonProvider provider;

    /**
     * Makes a signer.
     *
     * @param session the token's session
     * @param provider the token's provider
     */
    public Signer(Session session, SymbolonProvider provider) {
        this.session = session;
        this.provider = provider;
    }

    /**
     * Signs by the session.
     *
     * @param label the label of the key, on a NIST curve
     * @param message what to sign
     * @return the signature, r‖s
     * @throws TokenException if there is no such key or the token refuses
     */
    public byte[] sign(String label, byte[] message) throws TokenException {
        return session.sign(session.privateKey(label), Mechanism.ECDSA_SHA256, message);
    }

    /**
     * Signs through the JCA.
     *
     * @param label the label of the key, on a NIST curve
     * @param message what to sign
     * @return the signature in DER
     * @throws GeneralSecurityException if there is no such key or the token refuses
     * @throws IOException if the token does not answer
     */
    public byte[] signThroughJca(String label, byte[] message) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance(SymbolonProvider.NAME, provider);
        keys.load(null, null);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign((PrivateKey) keys.getKey(label, null));
        signature.update(message);
        return signature.sign();
    }
}
