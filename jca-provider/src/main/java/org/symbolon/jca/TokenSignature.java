package org.symbolon.jca;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.key.TokenPrivateKey;

/**
 * The life of a Signature: initialised, fed, finished, and then as it was after initialisation, whether that succeeded or
 * failed. Signs on the token in one round trip, made by {@code sign} and nothing before; verifies in software.
 *
 * <p>Not thread-safe, as no Signature is.
 */
abstract class TokenSignature extends SignatureSpi {
    private static final byte[] NOTHING = {};

    private final String algorithm;
    private final SymbolonProvider provider;
    private @Nullable TokenPrivateKey key;
    private @Nullable SigningPlan plan;
    private @Nullable Signature verifier;
    private @Nullable PublicKey verifyingKey;
    private boolean fed;

    /** Makes the engine of one algorithm, named as the JDK's own providers name it where they have it. */
    TokenSignature(SymbolonProvider provider, String algorithm) {
        this.provider = provider;
        this.algorithm = algorithm;
    }

    /**
     * Decides how a key signs. Makes no round trip once the token's mechanisms are known.
     *
     * @throws InvalidKeyException if the key is of another type, or its token has no mechanism for it
     * @throws TokenException if the token's mechanisms are not known yet and it does not tell them
     */
    abstract SigningPlan plan(TokenPrivateKey key) throws InvalidKeyException, TokenException;

    /** Returns the parameters that have been set or that the name implies; null if there are none. */
    @Nullable AlgorithmParameterSpec parameters() {
        return null;
    }

    /** Returns the name by which other providers know the algorithm. */
    final String algorithm() {
        return algorithm;
    }

    final TokenCapabilities capabilities() {
        return provider.capabilities();
    }

    @Override
    protected final void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
        forget();
        TokenPrivateKey own = OwnKeys.require(provider, privateKey, TokenPrivateKey.class, "signs");
        plan = planned(own);
        key = own;
    }

    private SigningPlan planned(TokenPrivateKey own) throws InvalidKeyException {
        try {
            return plan(own);
        } catch (TokenException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    /** Plans again for the key that is there, after the parameters have changed. */
    final void replan() throws InvalidAlgorithmParameterException {
        if (key != null) {
            try {
                plan = planned(key);
            } catch (InvalidKeyException e) {
                throw new InvalidAlgorithmParameterException(e.getMessage(), e);
            }
        }
        if (verifyingKey != null) {
            try {
                verifier = verifier(verifyingKey);
            } catch (InvalidKeyException e) {
                throw new InvalidAlgorithmParameterException(e.getMessage(), e);
            }
        }
    }

    final boolean isFed() {
        return fed;
    }

    @Override
    protected final void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
        forget();
        verifier = verifier(publicKey);
        verifyingKey = publicKey;
    }

    /** Returns who verifies with a public key, ready. */
    Signature verifier(PublicKey publicKey) throws InvalidKeyException {
        return SoftwareVerifier.of(algorithm, publicKey, parameters());
    }

    private void forget() {
        key = null;
        plan = null;
        verifier = null;
        verifyingKey = null;
        fed = false;
    }

    @Override
    protected final void engineUpdate(byte b) throws SignatureException {
        engineUpdate(new byte[] {b}, 0, 1);
    }

    @Override
    protected final void engineUpdate(byte[] data, int offset, int length) throws SignatureException {
        fed = true;
        if (verifier != null) {
            verifier.update(data, offset, length);
        } else {
            signing().input().update(data, offset, length);
        }
    }

    private SigningPlan signing() throws SignatureException {
        if (plan == null) {
            throw new SignatureException(algorithm + " is not initialised for this");
        }
        return plan;
    }

    @Override
    protected final byte[] engineSign() throws SignatureException {
        SigningPlan current = signing();
        fed = false;
        byte[] input = current.input().finish();
        if (key == null) {
            throw new SignatureException(algorithm + " is not initialised for signing");
        }
        try {
            return current.output()
                    .apply(key.sign(current.mechanism(), current.framing().apply(input)));
        } catch (TokenException | IllegalStateException e) {
            throw Failures.signature(e);
        }
    }

    @Override
    protected final int engineSign(byte[] out, int offset, int length) throws SignatureException {
        SigningPlan current = signing();
        if (length < current.maxBytes()) {
            current.input().reset();
            fed = false;
            throw new SignatureException(
                    "the signature has up to " + current.maxBytes() + " bytes, there is room for " + length);
        }
        byte[] signature = engineSign();
        System.arraycopy(signature, 0, out, offset, signature.length);
        return signature.length;
    }

    @Override
    protected final boolean engineVerify(byte[] signature) throws SignatureException {
        if (verifier == null) {
            throw new SignatureException(algorithm + " is not initialised for verifying");
        }
        if (!fed) {
            verifier.update(NOTHING); // the JDK's EdDSA refuses the signature of an empty message that nobody gave it
        }
        fed = false;
        return verifier.verify(signature);
    }

    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec parameters)
            throws InvalidAlgorithmParameterException {
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException(algorithm + " takes no parameters, not "
                    + parameters.getClass().getName());
        }
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        return null;
    }

    @Override
    @Deprecated
    protected final void engineSetParameter(String name, Object value) {
        throw new InvalidParameterException(algorithm + " has no parameters by name; use AlgorithmParameterSpec");
    }

    @Override
    @Deprecated
    protected final @Nullable Object engineGetParameter(String name) {
        throw new InvalidParameterException(algorithm + " has no parameters by name; use getParameters()");
    }
}
