package org.symbolon.key;

import javax.crypto.interfaces.DHKey;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;

/** A Diffie-Hellman private key in a token (PKCS #3). */
public final class TokenDhPrivateKey extends TokenPrivateKey implements DHKey {
    private static final long serialVersionUID = 1;

    private final transient DHParameterSpec params;

    TokenDhPrivateKey(Session session, PrivateKeyObject object, DHPublicKey publicKey) {
        super(session, object, publicKey, "DH");
        this.params = publicKey.getParams();
    }

    @Override
    public DHParameterSpec getParams() {
        return params;
    }
}
