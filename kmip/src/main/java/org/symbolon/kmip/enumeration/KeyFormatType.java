package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Key Format Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record KeyFormatType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("KeyFormatType");

    /** Raw. */
    public static final KeyFormatType RAW = named("Raw");

    /** Opaque. */
    public static final KeyFormatType OPAQUE = named("Opaque");

    /** PKCS#1. */
    public static final KeyFormatType PKCS_1 = named("PKCS_1");

    /** PKCS#8. */
    public static final KeyFormatType PKCS_8 = named("PKCS_8");

    /** X.509. */
    public static final KeyFormatType X_509 = named("X_509");

    /** ECPrivateKey. */
    public static final KeyFormatType EC_PRIVATE_KEY = named("ECPrivateKey");

    /** Transparent Symmetric Key. */
    public static final KeyFormatType TRANSPARENT_SYMMETRIC_KEY = named("TransparentSymmetricKey");

    /** Transparent DSA Private Key. */
    public static final KeyFormatType TRANSPARENT_DSA_PRIVATE_KEY = named("TransparentDSAPrivateKey");

    /** Transparent DSA Public Key. */
    public static final KeyFormatType TRANSPARENT_DSA_PUBLIC_KEY = named("TransparentDSAPublicKey");

    /** Transparent RSA Private Key. */
    public static final KeyFormatType TRANSPARENT_RSA_PRIVATE_KEY = named("TransparentRSAPrivateKey");

    /** Transparent RSA Public Key. */
    public static final KeyFormatType TRANSPARENT_RSA_PUBLIC_KEY = named("TransparentRSAPublicKey");

    /** Transparent DH Private Key. */
    public static final KeyFormatType TRANSPARENT_DH_PRIVATE_KEY = named("TransparentDHPrivateKey");

    /** Transparent DH Public Key. */
    public static final KeyFormatType TRANSPARENT_DH_PUBLIC_KEY = named("TransparentDHPublicKey");

    /** Transparent ECDSA Private Key. */
    public static final KeyFormatType TRANSPARENT_ECDSA_PRIVATE_KEY = named("TransparentECDSAPrivateKey");

    /** Transparent ECDSA Public Key. */
    public static final KeyFormatType TRANSPARENT_ECDSA_PUBLIC_KEY = named("TransparentECDSAPublicKey");

    /** Transparent ECDH Private Key. */
    public static final KeyFormatType TRANSPARENT_ECDH_PRIVATE_KEY = named("TransparentECDHPrivateKey");

    /** Transparent ECDH Public Key. */
    public static final KeyFormatType TRANSPARENT_ECDH_PUBLIC_KEY = named("TransparentECDHPublicKey");

    /** Transparent ECMQV Private Key. */
    public static final KeyFormatType TRANSPARENT_ECMQV_PRIVATE_KEY = named("TransparentECMQVPrivateKey");

    /** Transparent ECMQV Public Key. */
    public static final KeyFormatType TRANSPARENT_ECMQV_PUBLIC_KEY = named("TransparentECMQVPublicKey");

    /** Transparent EC Private Key. */
    public static final KeyFormatType TRANSPARENT_EC_PRIVATE_KEY = named("TransparentECPrivateKey");

    /** Transparent EC Public Key. */
    public static final KeyFormatType TRANSPARENT_EC_PUBLIC_KEY = named("TransparentECPublicKey");

    /** PKCS#12. */
    public static final KeyFormatType PKCS_12 = named("PKCS_12");

    /** PKCS#10. */
    public static final KeyFormatType PKCS_10 = named("PKCS_10");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static KeyFormatType named(String xmlName) {
        return new KeyFormatType(TABLE.require(xmlName));
    }

    @Override
    public ValueTable table() {
        return TABLE;
    }

    @Override
    public String toString() {
        return xmlName();
    }
}
