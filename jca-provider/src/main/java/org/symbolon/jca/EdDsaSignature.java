package org.symbolon.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.EdDSAParameterSpec;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.TokenException;
import org.symbolon.key.TokenEdEcPrivateKey;
import org.symbolon.key.TokenPrivateKey;

/** EdDSA, Ed25519 and Ed448, pure: the token gets the whole message (RFC 8032). */
final class EdDsaSignature extends TokenSignature {
    private static final String ANY_CURVE = "EdDSA";

    EdDsaSignature(SymbolonProvider provider, String algorithm) {
        super(provider, algorithm);
    }

    @Override
    SigningPlan plan(TokenPrivateKey key) throws InvalidKeyException, TokenException {
        if (!(key instanceof TokenEdEcPrivateKey ed)) {
            throw new InvalidKeyException(key + " is no EdDSA key, so it cannot sign with " + algorithm());
        }
        String curve = ed.getParams().getName();
        if (!algorithm().equals(ANY_CURVE) && !algorithm().equalsIgnoreCase(curve)) {
            throw new InvalidKeyException(key + " is on " + curve + ", so it cannot sign with " + algorithm());
        }
        if (!capabilities().signs(key, Mechanism.EDDSA.type())) {
            throw new InvalidKeyException(key + " cannot sign with EdDSA: its token does not offer CKM_EDDSA");
        }
        int pointBytes = NamedCurve.of(curve).orElseThrow().fieldBytes();
        return new SigningPlan(
                Mechanism.EDDSA,
                SignatureInput.message(SigningPlan.MAX_MESSAGE_BYTES),
                UnaryOperator.identity(),
                signature -> signature,
                2 * pointBytes);
    }

    /** Takes the parameters of pure EdDSA without context, which change nothing. */
    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec parameters)
            throws InvalidAlgorithmParameterException {
        if (!(parameters instanceof EdDSAParameterSpec ed)) {
            super.engineSetParameter(parameters);
        } else if (ed.isPrehash() || ed.getContext().isPresent()) {
            throw new InvalidAlgorithmParameterException(
                    "tokens sign pure EdDSA here, without prehash and without context");
        }
    }
}
