package org.symbolon.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** Finds who computes MACs with keys that are in no token. */
final class SoftwareMac {
    private SoftwareMac() {}

    /**
     * Returns an initialised Mac of another installed provider: the first that takes the key.
     *
     * @throws InvalidKeyException if none does
     * @throws InvalidAlgorithmParameterException if one that has the algorithm refuses the parameters
     */
    static Mac of(String algorithm, Key key, @Nullable AlgorithmParameterSpec spec)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        InvalidKeyException refusal = null;
        for (Provider provider : Security.getProviders()) {
            Optional<Mac> made = made(algorithm, provider);
            if (made.isPresent()) {
                try {
                    made.get().init(key, spec);
                    return made.get();
                } catch (InvalidKeyException e) {
                    refusal = e;
                }
            }
        }
        throw refusal == null
                ? new InvalidKeyException("no other installed provider has Mac " + algorithm + ", and a "
                        + key.getClass().getName() + " is no key of a token")
                : refusal;
    }

    private static Optional<Mac> made(String algorithm, Provider provider) {
        try {
            return provider instanceof SymbolonProvider
                    ? Optional.empty()
                    : Optional.of(Mac.getInstance(algorithm, provider));
        } catch (NoSuchAlgorithmException e) {
            return Optional.empty();
        }
    }
}
