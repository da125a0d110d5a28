package org.symbolon.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismTable;
import org.symbolon.ParameterSet;
import org.symbolon.TokenException;
import org.symbolon.key.TokenParameterSetPrivateKey;
import org.symbolon.key.TokenPrivateKey;

/**
 * ML-DSA (FIPS 204) and SLH-DSA (FIPS 205), pure: the token gets the whole message. The context is that of Bouncy Castle's
 * ContextParameterSpec, as the JDK has no class for it.
 */
final class ParameterSetSignature extends TokenSignature {
    private static final int MAX_CONTEXT_BYTES = 255;

    private final SymbolonProvider provider;
    private final MechanismTable.Row row;
    private @Nullable AlgorithmParameterSpec parameters;
    private Bytes context = Bytes.empty();

    ParameterSetSignature(SymbolonProvider provider, String algorithm, MechanismTable.Row row) {
        super(provider, algorithm);
        this.provider = provider;
        this.row = row;
    }

    @Override
    SigningPlan plan(TokenPrivateKey key) throws InvalidKeyException, TokenException {
        if (!(key instanceof TokenParameterSetPrivateKey own) || !isMeant(own.parameterSet())) {
            throw new InvalidKeyException(key + " is no key for " + algorithm());
        }
        if (!capabilities().signs(key, row.type())) {
            throw new InvalidKeyException(
                    key + " cannot sign with " + algorithm() + ": its token does not offer " + row.type());
        }
        return new SigningPlan(
                mechanism(),
                SignatureInput.message(SigningPlan.MAX_MESSAGE_BYTES),
                UnaryOperator.identity(),
                signature -> signature,
                signatureBytes(own.parameterSet()));
    }

    private Mechanism mechanism() {
        return context.isEmpty()
                ? Mechanism.of(row.type())
                : new Mechanism(
                        row.type(), new MechanismParameters.SignContext(MechanismParameters.Hedge.PREFERRED, context));
    }

    @Override
    @Nullable AlgorithmParameterSpec parameters() {
        return parameters;
    }

    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec given)
            throws InvalidAlgorithmParameterException {
        Optional<Bytes> wanted = ForeignParameters.CONTEXT.read(given);
        if (wanted.isEmpty()) {
            super.engineSetParameter(given);
            return;
        } else if (isFed()) {
            throw new InvalidAlgorithmParameterException("parameters cannot change between update and sign or verify");
        } else if (wanted.get().length() > MAX_CONTEXT_BYTES) {
            throw new InvalidAlgorithmParameterException("a context has 0 to " + MAX_CONTEXT_BYTES + " bytes, not "
                    + wanted.get().length());
        }
        context = wanted.get();
        parameters = context.isEmpty() ? null : given;
        replan();
    }

    private boolean isMeant(ParameterSet set) {
        String name = set.displayName();
        return name.equalsIgnoreCase(algorithm()) || name.startsWith(algorithm() + "-");
    }

    /** Verifies on the token where no provider of the JVM can, as before Java 24. */
    @Override
    Signature verifier(PublicKey key) throws InvalidKeyException {
        try {
            return super.verifier(key);
        } catch (InvalidKeyException e) {
            return TokenVerifier.of(provider, algorithm(), mechanism(), key, e);
        }
    }

    /** Returns the length of a signature (FIPS 204 table 2, FIPS 205 table 2). */
    private static int signatureBytes(ParameterSet set) {
        return switch (set) {
            case ML_DSA_44 -> 2420;
            case ML_DSA_65 -> 3309;
            case ML_DSA_87 -> 4627;
            case SLH_DSA_SHA2_128S, SLH_DSA_SHAKE_128S -> 7856;
            case SLH_DSA_SHA2_128F, SLH_DSA_SHAKE_128F -> 17088;
            case SLH_DSA_SHA2_192S, SLH_DSA_SHAKE_192S -> 16224;
            case SLH_DSA_SHA2_192F, SLH_DSA_SHAKE_192F -> 35664;
            case SLH_DSA_SHA2_256S, SLH_DSA_SHAKE_256S -> 29792;
            case SLH_DSA_SHA2_256F, SLH_DSA_SHAKE_256F -> 49856;
            case ML_KEM_512, ML_KEM_768, ML_KEM_1024 -> throw new AssertionError(set + " does not sign");
        };
    }
}
