package org.symbolon.soft.engine;

import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;

/** CKM_ML_KEM (FIPS 203): shared secrets of 32 bytes. Thread-safe. */
public final class KeyEncapsulation {
    /** The length of every shared secret, in bytes. */
    public static final int SECRET_BYTES = 32;

    private static final java.security.SecureRandom RANDOM = new java.security.SecureRandom();

    private KeyEncapsulation() {}

    /**
     * A shared secret and what recovers it.
     *
     * @param ciphertext what the holder of the private key decapsulates
     * @param secret the shared secret
     */
    public record Encapsulated(Bytes ciphertext, SecretBytes secret) {}

    static MechanismInfo info() {
        return new MechanismInfo(
                KeySizes.MIN_ML_KEM_BYTES,
                KeySizes.MAX_ML_KEM_BYTES,
                java.util.Set.of(MechanismFunction.ENCAPSULATE, MechanismFunction.DECAPSULATE));
    }

    /**
     * Makes a shared secret.
     *
     * @param key the public key, entered
     * @param mechanism CKM_ML_KEM
     * @return the secret and its ciphertext
     * @throws TokenException if the mechanism has parameters
     */
    public static Encapsulated encapsulate(LoadedKey key, Mechanism mechanism) throws TokenException {
        Failures.requireNoParameters(mechanism);
        MLKEMPublicKeyParameters publicKey = (MLKEMPublicKeyParameters) key.postQuantum(false);
        SecretWithEncapsulation made = new MLKEMGenerator(RANDOM).generateEncapsulated(publicKey);
        return new Encapsulated(Bytes.wrap(made.getEncapsulation()), SecretBytes.takeOver(made.getSecret()));
    }

    /**
     * Recovers a shared secret. A ciphertext of the right length always gives one: a wrong one another.
     *
     * @param key the private key, entered
     * @param mechanism CKM_ML_KEM
     * @param ciphertext the ciphertext
     * @return the secret
     * @throws TokenException if the ciphertext has another length
     */
    public static SecretBytes decapsulate(LoadedKey key, Mechanism mechanism, Bytes ciphertext) throws TokenException {
        Failures.requireNoParameters(mechanism);
        MLKEMExtractor extractor = new MLKEMExtractor((MLKEMPrivateKeyParameters) key.postQuantum(true));
        if (ciphertext.length() != extractor.getEncapsulationLength()) {
            throw Failures.operation(
                    "CKR_WRAPPED_KEY_LEN_RANGE",
                    "the ciphertext has " + extractor.getEncapsulationLength() + " bytes, not " + ciphertext.length());
        }
        return SecretBytes.takeOver(extractor.extractSecret(ciphertext.toByteArray()));
    }
}
