package org.symbolon.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import org.jspecify.annotations.Nullable;

/** Finds who encrypts for us: public keys are no secret, so another provider does it in software, never one of ours. */
final class SoftwareCipher {
    private SoftwareCipher() {}

    /**
     * Returns an initialised Cipher of another installed provider.
     *
     * @throws InvalidKeyException if no installed provider takes the key
     * @throws InvalidAlgorithmParameterException if the first that has the transformation refuses the parameters
     */
    static Cipher of(
            String transformation,
            int mode,
            Key key,
            @Nullable AlgorithmParameterSpec parameters,
            @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        InvalidKeyException first = null;
        for (Provider provider : Security.getProviders()) {
            Optional<Cipher> made = made(transformation, provider);
            if (made.isPresent()) {
                try {
                    initialise(made.get(), mode, key, parameters, random);
                    return made.get();
                } catch (InvalidKeyException e) {
                    first = first == null ? e : first;
                }
            }
        }
        throw first == null
                ? new InvalidKeyException("no installed provider has Cipher " + transformation
                        + "; with public keys another provider works than " + SymbolonProvider.NAME)
                : first;
    }

    private static void initialise(
            Cipher cipher,
            int mode,
            Key key,
            @Nullable AlgorithmParameterSpec parameters,
            @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (random == null) {
            cipher.init(mode, key, parameters);
        } else {
            cipher.init(mode, key, parameters, random);
        }
    }

    private static Optional<Cipher> made(String transformation, Provider provider) {
        try {
            return provider instanceof SymbolonProvider
                    ? Optional.empty()
                    : Optional.of(Cipher.getInstance(transformation, provider));
        } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
            return Optional.empty();
        }
    }
}
