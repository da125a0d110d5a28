package org.symbolon.key;

import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;

/** An X25519 or X448 private key in a token. */
public final class TokenXecPrivateKey extends TokenPrivateKey implements XECPrivateKey {
    private static final long serialVersionUID = 1;

    private final transient AlgorithmParameterSpec params;

    TokenXecPrivateKey(Session session, PrivateKeyObject object, XECPublicKey publicKey) {
        super(session, object, publicKey, "XDH");
        this.params = publicKey.getParams();
    }

    @Override
    public AlgorithmParameterSpec getParams() {
        return params;
    }

    /** {@return nothing: the key stays in its token} */
    @Override
    public Optional<byte[]> getScalar() {
        return Optional.empty();
    }
}
