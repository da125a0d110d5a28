package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Digital Signature Algorithm, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record DigitalSignatureAlgorithm(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("DigitalSignatureAlgorithm");

    /** MD2 with RSA Encryption. */
    public static final DigitalSignatureAlgorithm MD2_WITH_RSA_ENCRYPTION = named("MD2WithRSAEncryption");

    /** MD5 with RSA Encryption. */
    public static final DigitalSignatureAlgorithm MD5_WITH_RSA_ENCRYPTION = named("MD5WithRSAEncryption");

    /** SHA-1 with RSA Encryption. */
    public static final DigitalSignatureAlgorithm SHA_1_WITH_RSA_ENCRYPTION = named("SHA_1WithRSAEncryption");

    /** SHA-224 with RSA Encryption. */
    public static final DigitalSignatureAlgorithm SHA_224_WITH_RSA_ENCRYPTION = named("SHA_224WithRSAEncryption");

    /** SHA-256 with RSA Encryption. */
    public static final DigitalSignatureAlgorithm SHA_256_WITH_RSA_ENCRYPTION = named("SHA_256WithRSAEncryption");

    /** SHA-384 with RSA Encryption. */
    public static final DigitalSignatureAlgorithm SHA_384_WITH_RSA_ENCRYPTION = named("SHA_384WithRSAEncryption");

    /** SHA-512 with RSA Encryption. */
    public static final DigitalSignatureAlgorithm SHA_512_WITH_RSA_ENCRYPTION = named("SHA_512WithRSAEncryption");

    /** RSASSA-PSS. */
    public static final DigitalSignatureAlgorithm RSASSA_PSS = named("RSASSA_PSS");

    /** DSA with SHA-1. */
    public static final DigitalSignatureAlgorithm DSA_WITH_SHA_1 = named("DSAWithSHA_1");

    /** DSA with SHA224. */
    public static final DigitalSignatureAlgorithm DSA_WITH_SHA224 = named("DSAWithSHA224");

    /** DSA with SHA256. */
    public static final DigitalSignatureAlgorithm DSA_WITH_SHA256 = named("DSAWithSHA256");

    /** ECDSA with SHA-1. */
    public static final DigitalSignatureAlgorithm ECDSA_WITH_SHA_1 = named("ECDSAWithSHA_1");

    /** ECDSA with SHA224. */
    public static final DigitalSignatureAlgorithm ECDSA_WITH_SHA224 = named("ECDSAWithSHA224");

    /** ECDSA with SHA256. */
    public static final DigitalSignatureAlgorithm ECDSA_WITH_SHA256 = named("ECDSAWithSHA256");

    /** ECDSA with SHA384. */
    public static final DigitalSignatureAlgorithm ECDSA_WITH_SHA384 = named("ECDSAWithSHA384");

    /** ECDSA with SHA512. */
    public static final DigitalSignatureAlgorithm ECDSA_WITH_SHA512 = named("ECDSAWithSHA512");

    /** SHA3-256 with RSA Encryption. */
    public static final DigitalSignatureAlgorithm SHA3_256_WITH_RSA_ENCRYPTION = named("SHA3_256WithRSAEncryption");

    /** SHA3-384 with RSA Encryption. */
    public static final DigitalSignatureAlgorithm SHA3_384_WITH_RSA_ENCRYPTION = named("SHA3_384WithRSAEncryption");

    /** SHA3-512 with RSA Encryption. */
    public static final DigitalSignatureAlgorithm SHA3_512_WITH_RSA_ENCRYPTION = named("SHA3_512WithRSAEncryption");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static DigitalSignatureAlgorithm named(String xmlName) {
        return new DigitalSignatureAlgorithm(TABLE.require(xmlName));
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
