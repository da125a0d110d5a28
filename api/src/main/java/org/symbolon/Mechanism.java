package org.symbolon;

/**
 * An algorithm as a token offers it: a mechanism type with its parameters (CK_MECHANISM).
 *
 * <p>Mechanisms that need parameters are named here by {@link ParameterizedMechanism what makes them}, so that none can
 * be used without: {@code Mechanism.AES_GCM.iv(iv)}, {@code Mechanism.EC_KEY_PAIR_GEN.curve("P-256")}.
 *
 * @param type the mechanism
 * @param parameters its parameters
 */
public record Mechanism(MechanismType type, MechanismParameters parameters) {
    private static final MechanismParameters NO_PARAMETERS = new MechanismParameters.None();

    /** CKM_RSA_PKCS: PKCS #1 v1.5 over what it is given; for signatures a DigestInfo. */
    public static final Mechanism RSA_PKCS = named("CKM_RSA_PKCS");
    /** CKM_RSA_X_509: RSA without padding. */
    public static final Mechanism RSA_X_509 = named("CKM_RSA_X_509");
    /** CKM_SHA1_RSA_PKCS. */
    public static final Mechanism SHA1_RSA_PKCS = named("CKM_SHA1_RSA_PKCS");
    /** CKM_SHA256_RSA_PKCS. */
    public static final Mechanism SHA256_RSA_PKCS = named("CKM_SHA256_RSA_PKCS");
    /** CKM_SHA384_RSA_PKCS. */
    public static final Mechanism SHA384_RSA_PKCS = named("CKM_SHA384_RSA_PKCS");
    /** CKM_SHA512_RSA_PKCS. */
    public static final Mechanism SHA512_RSA_PKCS = named("CKM_SHA512_RSA_PKCS");
    /** CKM_RSA_PKCS_PSS: PSS over a digest. */
    public static final ParameterizedMechanism.Pss RSA_PKCS_PSS = new ParameterizedMechanism.Pss("CKM_RSA_PKCS_PSS");
    /** CKM_SHA256_RSA_PKCS_PSS with MGF1 over SHA-256 and a salt of 32 bytes. */
    public static final Mechanism SHA256_RSA_PKCS_PSS = pss("CKM_SHA256_RSA_PKCS_PSS", HashAlgorithm.SHA_256);
    /** CKM_SHA384_RSA_PKCS_PSS with MGF1 over SHA-384 and a salt of 48 bytes. */
    public static final Mechanism SHA384_RSA_PKCS_PSS = pss("CKM_SHA384_RSA_PKCS_PSS", HashAlgorithm.SHA_384);
    /** CKM_SHA512_RSA_PKCS_PSS with MGF1 over SHA-512 and a salt of 64 bytes. */
    public static final Mechanism SHA512_RSA_PKCS_PSS = pss("CKM_SHA512_RSA_PKCS_PSS", HashAlgorithm.SHA_512);
    /** CKM_RSA_PKCS_OAEP. */
    public static final ParameterizedMechanism.Oaep RSA_PKCS_OAEP =
            new ParameterizedMechanism.Oaep("CKM_RSA_PKCS_OAEP");
    /** CKM_ECDSA over a digest. Signatures are r‖s. */
    public static final Mechanism ECDSA = named("CKM_ECDSA");
    /** CKM_ECDSA_SHA256. Signatures are r‖s, each as long as the field. */
    public static final Mechanism ECDSA_SHA256 = named("CKM_ECDSA_SHA256");
    /** CKM_ECDSA_SHA384. Signatures are r‖s, each as long as the field. */
    public static final Mechanism ECDSA_SHA384 = named("CKM_ECDSA_SHA384");
    /** CKM_ECDSA_SHA512. Signatures are r‖s, each as long as the field. */
    public static final Mechanism ECDSA_SHA512 = named("CKM_ECDSA_SHA512");
    /** CKM_EDDSA: pure Ed25519 or Ed448. */
    public static final Mechanism EDDSA = named("CKM_EDDSA");
    /** CKM_AES_CBC. */
    public static final ParameterizedMechanism.Iv AES_CBC = new ParameterizedMechanism.Iv("CKM_AES_CBC");
    /** CKM_AES_CBC_PAD. */
    public static final ParameterizedMechanism.Iv AES_CBC_PAD = new ParameterizedMechanism.Iv("CKM_AES_CBC_PAD");
    /** CKM_AES_GCM. */
    public static final ParameterizedMechanism.Gcm AES_GCM = new ParameterizedMechanism.Gcm("CKM_AES_GCM");
    /** CKM_SHA256_HMAC. */
    public static final Mechanism SHA256_HMAC = named("CKM_SHA256_HMAC");
    /** CKM_SHA384_HMAC. */
    public static final Mechanism SHA384_HMAC = named("CKM_SHA384_HMAC");
    /** CKM_SHA512_HMAC. */
    public static final Mechanism SHA512_HMAC = named("CKM_SHA512_HMAC");
    /** CKM_SHA256. */
    public static final Mechanism SHA256 = named("CKM_SHA256");
    /** CKM_SHA384. */
    public static final Mechanism SHA384 = named("CKM_SHA384");
    /** CKM_SHA512. */
    public static final Mechanism SHA512 = named("CKM_SHA512");
    /** CKM_RSA_PKCS_KEY_PAIR_GEN. */
    public static final ParameterizedMechanism.RsaKeyPairGen RSA_PKCS_KEY_PAIR_GEN =
            new ParameterizedMechanism.RsaKeyPairGen("CKM_RSA_PKCS_KEY_PAIR_GEN");
    /** CKM_EC_KEY_PAIR_GEN. */
    public static final ParameterizedMechanism.CurveKeyPairGen EC_KEY_PAIR_GEN =
            new ParameterizedMechanism.CurveKeyPairGen("CKM_EC_KEY_PAIR_GEN", KeyType.EC);
    /** CKM_EC_EDWARDS_KEY_PAIR_GEN. */
    public static final ParameterizedMechanism.CurveKeyPairGen EC_EDWARDS_KEY_PAIR_GEN =
            new ParameterizedMechanism.CurveKeyPairGen("CKM_EC_EDWARDS_KEY_PAIR_GEN", KeyType.EC_EDWARDS);
    /** CKM_EC_MONTGOMERY_KEY_PAIR_GEN. */
    public static final ParameterizedMechanism.CurveKeyPairGen EC_MONTGOMERY_KEY_PAIR_GEN =
            new ParameterizedMechanism.CurveKeyPairGen("CKM_EC_MONTGOMERY_KEY_PAIR_GEN", KeyType.EC_MONTGOMERY);
    /** CKM_AES_KEY_GEN. */
    public static final ParameterizedMechanism.SecretKeyGen AES_KEY_GEN =
            new ParameterizedMechanism.SecretKeyGen("CKM_AES_KEY_GEN");
    /** CKM_GENERIC_SECRET_KEY_GEN: a key for HMAC and for derivations. */
    public static final ParameterizedMechanism.SecretKeyGen GENERIC_SECRET_KEY_GEN =
            new ParameterizedMechanism.SecretKeyGen("CKM_GENERIC_SECRET_KEY_GEN");

    /**
     * Returns a mechanism without parameters.
     *
     * @param type the mechanism
     * @return it, without parameters
     */
    public static Mechanism of(MechanismType type) {
        return new Mechanism(type, NO_PARAMETERS);
    }

    /**
     * Returns the mechanism that generates key pairs on a curve, whichever of the three kinds the curve is of.
     *
     * @param curve the curve
     * @return CKM_EC_KEY_PAIR_GEN, CKM_EC_EDWARDS_KEY_PAIR_GEN or CKM_EC_MONTGOMERY_KEY_PAIR_GEN on it
     */
    public static Mechanism keyPairGen(NamedCurve curve) {
        if (curve.keyType().equals(KeyType.EC)) {
            return EC_KEY_PAIR_GEN.curve(curve);
        }
        return (curve.keyType().equals(KeyType.EC_EDWARDS) ? EC_EDWARDS_KEY_PAIR_GEN : EC_MONTGOMERY_KEY_PAIR_GEN)
                .curve(curve);
    }

    /** {@return the hash that the mechanism computes itself, or empty if it takes a digest or the whole message} */
    public java.util.Optional<HashAlgorithm> hash() {
        return MechanismTable.row(type).flatMap(MechanismTable.Row::hash);
    }

    @Override
    public String toString() {
        return type.name();
    }

    private static Mechanism named(String name) {
        return of(MechanismType.named(name));
    }

    private static Mechanism pss(String name, HashAlgorithm hash) {
        return new Mechanism(MechanismType.named(name), new MechanismParameters.Pss(hash, hash, hash.digestBytes()));
    }

    static void requireRange(String parameter, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(parameter + " is " + min + " to " + max + ", not " + value);
        }
    }
}
