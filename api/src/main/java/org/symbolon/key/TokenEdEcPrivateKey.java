package org.symbolon.key;

import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;

/** An Ed25519 or Ed448 private key in a token. */
public final class TokenEdEcPrivateKey extends TokenPrivateKey implements EdECPrivateKey {
    private static final long serialVersionUID = 1;

    private final transient NamedParameterSpec params;

    TokenEdEcPrivateKey(Session session, PrivateKeyObject object, EdECPublicKey publicKey) {
        super(session, object, publicKey, "EdDSA");
        this.params = publicKey.getParams();
    }

    @Override
    public NamedParameterSpec getParams() {
        return params;
    }

    /** {@return nothing: the key stays in its token} */
    @Override
    public Optional<byte[]> getBytes() {
        return Optional.empty();
    }
}
