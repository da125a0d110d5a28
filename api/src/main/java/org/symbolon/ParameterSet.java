package org.symbolon;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A parameter set of ML-DSA (FIPS 204), ML-KEM (FIPS 203) or SLH-DSA (FIPS 205): what CKA_PARAMETER_SET names. */
public enum ParameterSet {
    /** ML-DSA-44. */
    ML_DSA_44(KeyType.ML_DSA, "ML-DSA-44", "ml_dsa_params", "2.16.840.1.101.3.4.3.17"),
    /** ML-DSA-65. */
    ML_DSA_65(KeyType.ML_DSA, "ML-DSA-65", "ml_dsa_params", "2.16.840.1.101.3.4.3.18"),
    /** ML-DSA-87. */
    ML_DSA_87(KeyType.ML_DSA, "ML-DSA-87", "ml_dsa_params", "2.16.840.1.101.3.4.3.19"),
    /** ML-KEM-512. */
    ML_KEM_512(KeyType.ML_KEM, "ML-KEM-512", "ml_kem_params", "2.16.840.1.101.3.4.4.1"),
    /** ML-KEM-768. */
    ML_KEM_768(KeyType.ML_KEM, "ML-KEM-768", "ml_kem_params", "2.16.840.1.101.3.4.4.2"),
    /** ML-KEM-1024. */
    ML_KEM_1024(KeyType.ML_KEM, "ML-KEM-1024", "ml_kem_params", "2.16.840.1.101.3.4.4.3"),
    /** SLH-DSA-SHA2-128s: small signatures. */
    SLH_DSA_SHA2_128S(KeyType.SLH_DSA, "SLH-DSA-SHA2-128s", "slh_dsa_params", "2.16.840.1.101.3.4.3.20"),
    /** SLH-DSA-SHAKE-128s: small signatures. */
    SLH_DSA_SHAKE_128S(KeyType.SLH_DSA, "SLH-DSA-SHAKE-128s", "slh_dsa_params", "2.16.840.1.101.3.4.3.26"),
    /** SLH-DSA-SHA2-128f: fast signing. */
    SLH_DSA_SHA2_128F(KeyType.SLH_DSA, "SLH-DSA-SHA2-128f", "slh_dsa_params", "2.16.840.1.101.3.4.3.21"),
    /** SLH-DSA-SHAKE-128f: fast signing. */
    SLH_DSA_SHAKE_128F(KeyType.SLH_DSA, "SLH-DSA-SHAKE-128f", "slh_dsa_params", "2.16.840.1.101.3.4.3.27"),
    /** SLH-DSA-SHA2-192s: small signatures. */
    SLH_DSA_SHA2_192S(KeyType.SLH_DSA, "SLH-DSA-SHA2-192s", "slh_dsa_params", "2.16.840.1.101.3.4.3.22"),
    /** SLH-DSA-SHAKE-192s: small signatures. */
    SLH_DSA_SHAKE_192S(KeyType.SLH_DSA, "SLH-DSA-SHAKE-192s", "slh_dsa_params", "2.16.840.1.101.3.4.3.28"),
    /** SLH-DSA-SHA2-192f: fast signing. */
    SLH_DSA_SHA2_192F(KeyType.SLH_DSA, "SLH-DSA-SHA2-192f", "slh_dsa_params", "2.16.840.1.101.3.4.3.23"),
    /** SLH-DSA-SHAKE-192f: fast signing. */
    SLH_DSA_SHAKE_192F(KeyType.SLH_DSA, "SLH-DSA-SHAKE-192f", "slh_dsa_params", "2.16.840.1.101.3.4.3.29"),
    /** SLH-DSA-SHA2-256s: small signatures. */
    SLH_DSA_SHA2_256S(KeyType.SLH_DSA, "SLH-DSA-SHA2-256s", "slh_dsa_params", "2.16.840.1.101.3.4.3.24"),
    /** SLH-DSA-SHAKE-256s: small signatures. */
    SLH_DSA_SHAKE_256S(KeyType.SLH_DSA, "SLH-DSA-SHAKE-256s", "slh_dsa_params", "2.16.840.1.101.3.4.3.30"),
    /** SLH-DSA-SHA2-256f: fast signing. */
    SLH_DSA_SHA2_256F(KeyType.SLH_DSA, "SLH-DSA-SHA2-256f", "slh_dsa_params", "2.16.840.1.101.3.4.3.25"),
    /** SLH-DSA-SHAKE-256f: fast signing. */
    SLH_DSA_SHAKE_256F(KeyType.SLH_DSA, "SLH-DSA-SHAKE-256f", "slh_dsa_params", "2.16.840.1.101.3.4.3.31");

    private final KeyType keyType;
    private final String displayName;
    private final long code;
    private final String objectIdentifier;

    ParameterSet(KeyType keyType, String displayName, String group, String objectIdentifier) {
        this.keyType = keyType;
        this.displayName = displayName;
        this.code = ConstantTable.value(
                group, "CKP_" + displayName.replace('-', '_').toUpperCase(Locale.ROOT));
        this.objectIdentifier = objectIdentifier;
    }

    /** {@return the type of the keys that have it} */
    public KeyType keyType() {
        return keyType;
    }

    /** {@return FIPS's name, such as {@code ML-DSA-65}, which is the JCA's too} */
    public String displayName() {
        return displayName;
    }

    /** {@return the CKP_ value, the value of CKA_PARAMETER_SET; each key type counts for itself} */
    public long code() {
        return code;
    }

    /** {@return the object identifier of its keys, in dotted form} */
    public String objectIdentifier() {
        return objectIdentifier;
    }

    /**
     * Returns the parameter set of a name.
     *
     * @param name such as {@code ML-DSA-65}, in any case
     * @return the parameter set, or empty if none has this name
     */
    public static Optional<ParameterSet> of(String name) {
        return Arrays.stream(values())
                .filter(set -> set.displayName.equalsIgnoreCase(name))
                .findFirst();
    }

    /**
     * Returns the parameter set of a key.
     *
     * @param keyType the type of the key
     * @param code the value of CKA_PARAMETER_SET
     * @return the parameter set, or empty if this key type has none of this number
     */
    public static Optional<ParameterSet> of(KeyType keyType, long code) {
        return Arrays.stream(values())
                .filter(set -> set.keyType.equals(keyType) && set.code == code)
                .findFirst();
    }
}
