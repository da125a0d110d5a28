package org.symbolon.jca;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import javax.crypto.CipherSpi;
import org.jspecify.annotations.Nullable;
import org.symbolon.Template;

/** The three ways in which a Cipher is initialised, as one. Not thread-safe, as no Cipher is. */
abstract class TokenCipher extends CipherSpi {
    private Optional<Template> unwrapped = Optional.empty();

    /** Forgets the key and what was encrypted with it: what follows may fail, and then nothing is initialised. */
    abstract void forget();

    /** Returns parameters in their own form. */
    abstract AlgorithmParameterSpec decode(AlgorithmParameters encoded) throws InvalidAlgorithmParameterException;

    abstract void initialise(
            int mode, Key key, @Nullable AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException;

    /** {@return the attributes of keys that are unwrapped into the token, if that was asked for} */
    final Optional<Template> unwrapped() {
        return unwrapped;
    }

    @Override
    protected final void engineInit(int mode, Key key, @Nullable SecureRandom random) throws InvalidKeyException {
        try {
            engineInit(mode, key, (AlgorithmParameterSpec) null, random);
        } catch (InvalidAlgorithmParameterException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    @Override
    protected final void engineInit(
            int mode, Key key, @Nullable AlgorithmParameters encoded, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        engineInit(mode, key, encoded == null ? null : decode(encoded), random);
    }

    @Override
    protected final void engineInit(
            int mode, Key key, @Nullable AlgorithmParameterSpec spec, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        forget();
        unwrapped = Optional.empty();
        if (spec instanceof TokenUnwrapParameterSpec own) {
            unwrapped = Optional.of(own.template());
            initialise(mode, key, own.cipherParameters().orElse(null), random);
        } else {
            initialise(mode, key, spec, random);
        }
    }
}
