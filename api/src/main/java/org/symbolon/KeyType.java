package org.symbolon;

import java.util.Map;

/**
 * The type of a key: the value of CKA_KEY_TYPE (PKCS #11 v3.2 section 4.7).
 *
 * @param code the CKK_ value, vendor-defined ones included
 */
public record KeyType(long code) {
    private static final Map<Long, String> NAMES = ConstantTable.names("key_types");

    /** CKK_RSA (0x00). */
    public static final KeyType RSA = named("CKK_RSA");
    /** CKK_EC (0x03): keys on a short Weierstrass curve. */
    public static final KeyType EC = named("CKK_EC");
    /** CKK_GENERIC_SECRET (0x10). */
    public static final KeyType GENERIC_SECRET = named("CKK_GENERIC_SECRET");
    /** CKK_AES (0x1F). */
    public static final KeyType AES = named("CKK_AES");
    /** CKK_EC_EDWARDS (0x40): Ed25519 and Ed448. */
    public static final KeyType EC_EDWARDS = named("CKK_EC_EDWARDS");
    /** CKK_EC_MONTGOMERY (0x41): X25519 and X448. */
    public static final KeyType EC_MONTGOMERY = named("CKK_EC_MONTGOMERY");
    /** CKK_DH (0x02): Diffie-Hellman in a prime field. */
    public static final KeyType DH = named("CKK_DH");
    /** CKK_DES3 (0x15): for what still needs it. */
    public static final KeyType DES3 = named("CKK_DES3");
    /** CKK_CHACHA20 (0x33). */
    public static final KeyType CHACHA20 = named("CKK_CHACHA20");
    /** CKK_AES_XTS (0x35): two AES keys in one. */
    public static final KeyType AES_XTS = named("CKK_AES_XTS");
    /** CKK_HKDF (0x42): a key for derivations. */
    public static final KeyType HKDF = named("CKK_HKDF");
    /** CKK_ML_KEM (0x49). */
    public static final KeyType ML_KEM = named("CKK_ML_KEM");
    /** CKK_ML_DSA (0x4A). */
    public static final KeyType ML_DSA = named("CKK_ML_DSA");
    /** CKK_SLH_DSA (0x4B). */
    public static final KeyType SLH_DSA = named("CKK_SLH_DSA");

    /**
     * Returns the key type of a name.
     *
     * @param name the standard's name, such as {@code CKK_RSA}
     * @return the key type
     */
    static KeyType named(String name) {
        return new KeyType(ConstantTable.value("key_types", name));
    }

    /** {@return the standard's name, such as {@code CKK_RSA}, or the code in hexadecimal where it has none} */
    public String name() {
        return NAMES.getOrDefault(code, "0x" + Long.toHexString(code));
    }

    @Override
    public String toString() {
        return name();
    }
}
