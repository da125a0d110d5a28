package org.symbolon.key;

import java.math.BigInteger;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;

/** An RSA private key in a token. */
public final class TokenRsaPrivateKey extends TokenPrivateKey implements RSAKey {
    private static final long serialVersionUID = 1;

    private final BigInteger modulus;

    TokenRsaPrivateKey(Session session, PrivateKeyObject object, RSAPublicKey publicKey) {
        super(session, object, publicKey, publicKey.getAlgorithm());
        this.modulus = publicKey.getModulus();
    }

    @Override
    public BigInteger getModulus() {
        return modulus;
    }

    /** {@return the PSS parameters of a key that signs with PSS only, otherwise null} */
    @Override
    public @Nullable AlgorithmParameterSpec getParams() {
        return ((RSAPublicKey) publicKey()).getParams();
    }
}
