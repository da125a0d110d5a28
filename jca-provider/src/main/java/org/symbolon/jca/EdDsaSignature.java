package org.symbolon.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.EdDSAParameterSpec;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.NamedCurve;
import org.symbolon.TokenException;
import org.symbolon.key.TokenEdEcPrivateKey;
import org.symbolon.key.TokenPrivateKey;

/** EdDSA, Ed25519 and Ed448: the token gets the whole message, and the prehash flag and the context (RFC 8032). */
final class EdDsaSignature extends TokenSignature {
    private static final String ANY_CURVE = "EdDSA";

    private @Nullable EdDSAParameterSpec parameters;

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
                mechanism(),
                SignatureInput.message(SigningPlan.MAX_MESSAGE_BYTES),
                UnaryOperator.identity(),
                signature -> signature,
                2 * pointBytes);
    }

    /** Pure EdDSA without context has no parameters in PKCS #11, so that Ed25519 is not Ed25519ctx (v3.2 section 6.3.15). */
    private Mechanism mechanism() {
        EdDSAParameterSpec given = parameters;
        if (given == null || (!given.isPrehash() && given.getContext().isEmpty())) {
            return Mechanism.EDDSA;
        }
        Bytes context = Bytes.of(given.getContext().orElse(new byte[0]));
        return new Mechanism(Mechanism.EDDSA.type(), new MechanismParameters.EdDsa(given.isPrehash(), context));
    }

    @Override
    @Nullable AlgorithmParameterSpec parameters() {
        return parameters;
    }

    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec given)
            throws InvalidAlgorithmParameterException {
        if (!(given instanceof EdDSAParameterSpec ed)) {
            super.engineSetParameter(given);
            return;
        }
        if (isFed()) {
            throw new InvalidAlgorithmParameterException("parameters cannot change between update and sign or verify");
        }
        parameters = ed;
        replan();
    }
}
