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
    /** CKM_AES_ECB: for what still needs it; blocks alike stay alike. */
    public static final Mechanism AES_ECB = named("CKM_AES_ECB");
    /** CKM_AES_CBC. */
    public static final ParameterizedMechanism.Iv AES_CBC = new ParameterizedMechanism.Iv("CKM_AES_CBC");
    /** CKM_AES_CBC_PAD. */
    public static final ParameterizedMechanism.Iv AES_CBC_PAD = new ParameterizedMechanism.Iv("CKM_AES_CBC_PAD");
    /** CKM_AES_GCM. */
    public static final ParameterizedMechanism.Gcm AES_GCM = new ParameterizedMechanism.Gcm("CKM_AES_GCM");
    /** CKM_AES_CTR. */
    public static final ParameterizedMechanism.Of<MechanismParameters.Counter> AES_CTR =
            new ParameterizedMechanism.Of<>("CKM_AES_CTR");
    /** CKM_AES_CCM. */
    public static final ParameterizedMechanism.Of<MechanismParameters.Ccm> AES_CCM =
            new ParameterizedMechanism.Of<>("CKM_AES_CCM");
    /** CKM_AES_XTS: for disks, by the number of the sector. */
    public static final ParameterizedMechanism.Of<MechanismParameters.Iv> AES_XTS =
            new ParameterizedMechanism.Of<>("CKM_AES_XTS");
    /** CKM_AES_KEY_WRAP (RFC 3394): for keys of a multiple of 8 bytes. */
    public static final Mechanism AES_KEY_WRAP = named("CKM_AES_KEY_WRAP");
    /** CKM_AES_KEY_WRAP_KWP (RFC 5649): for keys of any length. */
    public static final Mechanism AES_KEY_WRAP_KWP = named("CKM_AES_KEY_WRAP_KWP");
    /** CKM_AES_CMAC. */
    public static final Mechanism AES_CMAC = named("CKM_AES_CMAC");
    /** CKM_AES_GMAC, with a nonce that is never used twice with one key. */
    public static final ParameterizedMechanism.Of<MechanismParameters.Iv> AES_GMAC =
            new ParameterizedMechanism.Of<>("CKM_AES_GMAC");
    /** CKM_CHACHA20_POLY1305. */
    public static final ParameterizedMechanism.Of<MechanismParameters.Poly1305> CHACHA20_POLY1305 =
            new ParameterizedMechanism.Of<>("CKM_CHACHA20_POLY1305");
    /** CKM_RSA_AES_KEY_WRAP: for private keys under an RSA key. */
    public static final ParameterizedMechanism.Of<MechanismParameters.RsaAesKeyWrap> RSA_AES_KEY_WRAP =
            new ParameterizedMechanism.Of<>("CKM_RSA_AES_KEY_WRAP");
    /** CKM_ECDH1_DERIVE, X25519 and X448 among it. */
    public static final ParameterizedMechanism.Of<DerivationParameters.Ecdh> ECDH1_DERIVE =
            new ParameterizedMechanism.Of<>("CKM_ECDH1_DERIVE");
    /** CKM_DH_PKCS_DERIVE. */
    public static final ParameterizedMechanism.Of<DerivationParameters.PublicValue> DH_PKCS_DERIVE =
            new ParameterizedMechanism.Of<>("CKM_DH_PKCS_DERIVE");
    /** CKM_HKDF_DERIVE. */
    public static final ParameterizedMechanism.Of<DerivationParameters.Hkdf> HKDF_DERIVE =
            new ParameterizedMechanism.Of<>("CKM_HKDF_DERIVE");
    /** CKM_SP800_108_COUNTER_KDF. */
    public static final ParameterizedMechanism.Of<DerivationParameters.Sp800108> SP800_108_COUNTER_KDF =
            new ParameterizedMechanism.Of<>("CKM_SP800_108_COUNTER_KDF");
    /** CKM_SP800_108_FEEDBACK_KDF. */
    public static final ParameterizedMechanism.Of<DerivationParameters.Sp800108> SP800_108_FEEDBACK_KDF =
            new ParameterizedMechanism.Of<>("CKM_SP800_108_FEEDBACK_KDF");
    /** CKM_SP800_108_DOUBLE_PIPELINE_KDF. */
    public static final ParameterizedMechanism.Of<DerivationParameters.Sp800108> SP800_108_DOUBLE_PIPELINE_KDF =
            new ParameterizedMechanism.Of<>("CKM_SP800_108_DOUBLE_PIPELINE_KDF");
    /** CKM_CONCATENATE_BASE_AND_KEY. */
    public static final ParameterizedMechanism.Of<DerivationParameters.OtherKey> CONCATENATE_BASE_AND_KEY =
            new ParameterizedMechanism.Of<>("CKM_CONCATENATE_BASE_AND_KEY");
    /** CKM_CONCATENATE_BASE_AND_DATA. */
    public static final ParameterizedMechanism.Of<DerivationParameters.StringData> CONCATENATE_BASE_AND_DATA =
            new ParameterizedMechanism.Of<>("CKM_CONCATENATE_BASE_AND_DATA");
    /** CKM_CONCATENATE_DATA_AND_BASE. */
    public static final ParameterizedMechanism.Of<DerivationParameters.StringData> CONCATENATE_DATA_AND_BASE =
            new ParameterizedMechanism.Of<>("CKM_CONCATENATE_DATA_AND_BASE");
    /** CKM_XOR_BASE_AND_DATA. */
    public static final ParameterizedMechanism.Of<DerivationParameters.StringData> XOR_BASE_AND_DATA =
            new ParameterizedMechanism.Of<>("CKM_XOR_BASE_AND_DATA");
    /** CKM_EXTRACT_KEY_FROM_KEY. */
    public static final ParameterizedMechanism.Of<DerivationParameters.BitPosition> EXTRACT_KEY_FROM_KEY =
            new ParameterizedMechanism.Of<>("CKM_EXTRACT_KEY_FROM_KEY");
    /** CKM_PKCS5_PBKD2: generates a key of a password; its template says of which type. */
    public static final ParameterizedMechanism.Of<DerivationParameters.Pbkdf2> PKCS5_PBKD2 =
            new ParameterizedMechanism.Of<>("CKM_PKCS5_PBKD2");
    /** CKM_ML_DSA, with the message. Signatures are random where the token can. */
    public static final Mechanism ML_DSA = named("CKM_ML_DSA");
    /** CKM_SLH_DSA, with the message. Signatures are random where the token can. */
    public static final Mechanism SLH_DSA = named("CKM_SLH_DSA");
    /** CKM_ML_KEM: encapsulates and decapsulates. */
    public static final Mechanism ML_KEM = named("CKM_ML_KEM");
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
    /** CKM_DH_PKCS_KEY_PAIR_GEN. */
    public static final ParameterizedMechanism.Of<MechanismParameters.DhKeyPair> DH_PKCS_KEY_PAIR_GEN =
            new ParameterizedMechanism.Of<>("CKM_DH_PKCS_KEY_PAIR_GEN");
    /** CKM_ML_DSA_KEY_PAIR_GEN. */
    public static final ParameterizedMechanism.Of<MechanismParameters.ParameterSetKeyPair> ML_DSA_KEY_PAIR_GEN =
            new ParameterizedMechanism.Of<>("CKM_ML_DSA_KEY_PAIR_GEN");
    /** CKM_ML_KEM_KEY_PAIR_GEN. */
    public static final ParameterizedMechanism.Of<MechanismParameters.ParameterSetKeyPair> ML_KEM_KEY_PAIR_GEN =
            new ParameterizedMechanism.Of<>("CKM_ML_KEM_KEY_PAIR_GEN");
    /** CKM_SLH_DSA_KEY_PAIR_GEN. */
    public static final ParameterizedMechanism.Of<MechanismParameters.ParameterSetKeyPair> SLH_DSA_KEY_PAIR_GEN =
            new ParameterizedMechanism.Of<>("CKM_SLH_DSA_KEY_PAIR_GEN");
    /** CKM_AES_KEY_GEN. */
    public static final ParameterizedMechanism.SecretKeyGen AES_KEY_GEN =
            new ParameterizedMechanism.SecretKeyGen("CKM_AES_KEY_GEN");
    /** CKM_GENERIC_SECRET_KEY_GEN: a key for HMAC and for derivations. */
    public static final ParameterizedMechanism.SecretKeyGen GENERIC_SECRET_KEY_GEN =
            new ParameterizedMechanism.SecretKeyGen("CKM_GENERIC_SECRET_KEY_GEN");
    /** CKM_HKDF_KEY_GEN: a key for HKDF alone. */
    public static final ParameterizedMechanism.SecretKeyGen HKDF_KEY_GEN =
            new ParameterizedMechanism.SecretKeyGen("CKM_HKDF_KEY_GEN");
    /** CKM_AES_XTS_KEY_GEN: 32 or 64 bytes. */
    public static final ParameterizedMechanism.SecretKeyGen AES_XTS_KEY_GEN =
            new ParameterizedMechanism.SecretKeyGen("CKM_AES_XTS_KEY_GEN");
    /** CKM_CHACHA20_KEY_GEN: 32 bytes. */
    public static final Mechanism CHACHA20_KEY_GEN =
            new Mechanism(MechanismType.named("CKM_CHACHA20_KEY_GEN"), new MechanismParameters.SecretKeyLength(32));
    /** CKM_DES3_KEY_GEN: 24 bytes. */
    public static final Mechanism DES3_KEY_GEN = named("CKM_DES3_KEY_GEN");

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
