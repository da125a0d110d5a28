package org.symbolon.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
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
            if (provider instanceof SymbolonProvider) {
                continue;
            }
            try {
                return of(algorithm, provider, key, parameters);
            } catch (NoSuchAlgorithmException e) {
                continue;
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

    private static Signature of(
            String algorithm, Provider provider, PublicKey key, @Nullable AlgorithmParameterSpec parameters)
            throws NoSuchAlgorithmException, InvalidKeyException, InvalidAlgorithmParameterException {
        Signature signature = Signature.getInstance(algorithm, provider);
        if (parameters != null) {
            signature.setParameter(parameters);
        }
        signature.initVerify(key);
        return signature;
    }
}
