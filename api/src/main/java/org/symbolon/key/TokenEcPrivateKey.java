package org.symbolon.key;

import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;

/** An EC private key in a token. */
public final class TokenEcPrivateKey extends TokenPrivateKey implements ECKey {
    private static final long serialVersionUID = 1;

    private final transient ECParameterSpec params;

    TokenEcPrivateKey(Session session, PrivateKeyObject object, ECPublicKey publicKey) {
        super(session, object, publicKey, "EC");
        this.params = publicKey.getParams();
    }

    @Override
    public ECParameterSpec getParams() {
        return params;
    }
}
