package org.symbolon.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds who verifies for us: public keys are no secret, so another provider does it in software, never one of ours. */
final class SoftwareVerifier {
    private SoftwareVerifier() {}

    /**
     * Returns a Signature of another installed provider, ready to verify.
     *
     * @param algorithm the name under which the JDK knows it
     * @param key any provider's public key
     * @param parameters the parameters, or null for none
     * @throws InvalidKeyException if no installed provider takes the key
     */
    static Signature of(String algorithm, PublicKey key, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException {
        InvalidKeyException first = null;
        for (Provider provider : Security.getProviders()) {
            try {
                Optional<Signature> made = made(algorithm, provider);
                if (made.isPresent()) {
                    return initialised(made.get(), key, parameters);
                }
            } catch (InvalidAlgorithmParameterException e) {
                first = first == null ? new InvalidKeyException(e.getMessage(), e) : first;
            } catch (InvalidKeyException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null
                ? new InvalidKeyException("no installed provider verifies " + algorithm
                        + "; public keys are verified in software, by another provider than " + SymbolonProvider.NAME)
                : first;
    }

    /** Asks the provider itself and not its list of services: NONEwithRSA may be made of a Cipher. */
    private static Optional<Signature> made(String algorithm, Provider provider) {
        try {
            return provider instanceof SymbolonProvider
                    ? Optional.empty()
                    : Optional.of(Signature.getInstance(algorithm, provider));
        } catch (NoSuchAlgorithmException e) {
            return Optional.empty();
        }
    }

    private static Signature initialised(
            Signature signature, PublicKey key, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (parameters != null) {
            signature.setParameter(parameters);
        }
        signature.initVerify(key);
        return signature;
    }
}
