package org.symbolon.key;

import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import org.symbolon.ParameterSet;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;

/**
 * An ML-DSA, ML-KEM or SLH-DSA private key in a token. Its algorithm is the family's name and its parameters name the
 * set, as Java 24 and later have it.
 */
public final class TokenParameterSetPrivateKey extends TokenPrivateKey {
    private static final long serialVersionUID = 1;

    private final transient ParameterSet parameterSet;

    TokenParameterSetPrivateKey(
            Session session, PrivateKeyObject object, PublicKey publicKey, ParameterSet parameterSet) {
        super(session, object, publicKey, EncodedPublicKey.family(parameterSet));
        this.parameterSet = parameterSet;
    }

    /** {@return the parameter set} */
    public ParameterSet parameterSet() {
        return parameterSet;
    }

    @Override
    public NamedParameterSpec getParams() {
        return new NamedParameterSpec(parameterSet.displayName());
    }
}
