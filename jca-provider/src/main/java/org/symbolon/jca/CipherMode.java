package org.symbolon.jca;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.Optional;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismType;

/** The modes of ciphers with secret keys: which parameters they have, in the JCA's and in PKCS #11's terms. */
enum CipherMode {
    ECB(0, 0, ""),
    CBC(-1, 0, ""),
    CTR(16, 0, ""),
    GCM(12, 128, "GCM"),
    CCM(12, 128, "CCM"),
    POLY1305(12, 128, "ChaCha20-Poly1305"),
    XTS(16, 0, ""),
    KW(0, 0, ""),
    KWP(0, 0, "");

    private static final int CTR_BITS = 128;

    private final int ivBytes;
    private final int tagBits;
    private final String encoding;

    CipherMode(int ivBytes, int tagBits, String encoding) {
        this.ivBytes = ivBytes;
        this.tagBits = tagBits;
        this.encoding = encoding;
    }

    boolean isAead() {
        return tagBits != 0;
    }

    /** Returns whether whole blocks go in and come out. */
    boolean isBlockwise() {
        return this == ECB || this == CBC;
    }

    boolean wrapsOnly() {
        return this == KW || this == KWP;
    }

    boolean hasIv() {
        return ivBytes != 0;
    }

    /** Returns whether output may leave before the end of the input is known. */
    boolean streams(boolean encrypting) {
        return isBlockwise() || this == CTR || (encrypting && (this == GCM || this == POLY1305));
    }

    /** Returns new parameters for one encryption. */
    CipherParameters generate(SecureRandom random, int blockBytes) {
        byte[] iv = new byte[this == CBC ? blockBytes : ivBytes];
        random.nextBytes(iv);
        return new CipherParameters(Bytes.wrap(iv), tagBits);
    }

    /** Returns the parameters that a spec gives. */
    CipherParameters parse(AlgorithmParameterSpec spec, int blockBytes) throws InvalidAlgorithmParameterException {
        boolean withTag = this == GCM || this == CCM;
        if (!hasIv()) {
            throw new InvalidAlgorithmParameterException(
                    this + " takes no parameters, not " + spec.getClass().getName());
        } else if (withTag && spec instanceof GCMParameterSpec gcm) {
            return checked(new CipherParameters(Bytes.wrap(gcm.getIV()), gcm.getTLen()));
        } else if (!withTag && spec instanceof IvParameterSpec iv) {
            int expected = this == CBC ? blockBytes : ivBytes;
            if (iv.getIV().length != expected) {
                throw new InvalidAlgorithmParameterException(
                        "the IV of " + this + " has " + expected + " bytes, not " + iv.getIV().length);
            }
            return new CipherParameters(Bytes.wrap(iv.getIV()), tagBits);
        }
        throw new InvalidAlgorithmParameterException(this + " takes "
                + (withTag ? "a GCMParameterSpec" : "an IvParameterSpec") + ", not "
                + spec.getClass().getName());
    }

    private CipherParameters checked(CipherParameters parameters) throws InvalidAlgorithmParameterException {
        try {
            mechanism(Mechanism.AES_GCM.type(), parameters, Bytes.empty(), 0);
            return parameters;
        } catch (IllegalArgumentException e) {
            throw new InvalidAlgorithmParameterException(this + ": " + e.getMessage(), e);
        }
    }

    /** Returns the parameters that are encoded. */
    AlgorithmParameterSpec decode(AlgorithmParameters parameters) throws InvalidAlgorithmParameterException {
        Class<? extends AlgorithmParameterSpec> wanted =
                this == GCM || this == CCM ? GCMParameterSpec.class : IvParameterSpec.class;
        try {
            return parameters.getParameterSpec(wanted);
        } catch (InvalidParameterSpecException e) {
            throw new InvalidAlgorithmParameterException(
                    this + " does not take parameters of " + parameters.getAlgorithm(), e);
        }
    }

    /** Returns the parameters as an object that encodes them; empty where there are none or nobody knows how. */
    Optional<AlgorithmParameters> encode(CipherParameters parameters, String keyAlgorithm) {
        if (!hasIv()) {
            return Optional.empty();
        }
        byte[] iv = parameters.iv().toByteArray();
        try {
            AlgorithmParameters encoded = AlgorithmParameters.getInstance(isAead() ? encoding : keyAlgorithm);
            encoded.init(
                    this == GCM || this == CCM
                            ? new GCMParameterSpec(parameters.tagBits(), iv)
                            : new IvParameterSpec(iv));
            return Optional.of(encoded);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the mechanism of one operation.
     *
     * @param dataBytes the length of the plaintext, which CCM is told before
     */
    Mechanism mechanism(MechanismType type, CipherParameters parameters, Bytes additionalData, long dataBytes) {
        Bytes iv = parameters.iv();
        return switch (this) {
            case ECB, KW, KWP -> Mechanism.of(type);
            case CBC, XTS -> new Mechanism(type, new MechanismParameters.Iv(iv));
            case CTR -> new Mechanism(type, new MechanismParameters.Counter(iv, CTR_BITS));
            case GCM -> new Mechanism(type, new MechanismParameters.Gcm(iv, additionalData, parameters.tagBits()));
            case CCM ->
                new Mechanism(type, new MechanismParameters.Ccm(dataBytes, iv, additionalData, parameters.tagBytes()));
            case POLY1305 -> new Mechanism(type, new MechanismParameters.Poly1305(iv, additionalData));
        };
    }
}
