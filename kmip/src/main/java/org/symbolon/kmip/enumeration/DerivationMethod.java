package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Derivation Method, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record DerivationMethod(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("DerivationMethod");

    /** PBKDF2. */
    public static final DerivationMethod PBKDF2 = named("PBKDF2");

    /** HASH. */
    public static final DerivationMethod HASH = named("HASH");

    /** HMAC. */
    public static final DerivationMethod HMAC = named("HMAC");

    /** ENCRYPT. */
    public static final DerivationMethod ENCRYPT = named("ENCRYPT");

    /** NIST800-108-C. */
    public static final DerivationMethod NIST800_108_C = named("NIST800_108_C");

    /** NIST800-108-F. */
    public static final DerivationMethod NIST800_108_F = named("NIST800_108_F");

    /** NIST800-108-DPI. */
    public static final DerivationMethod NIST800_108_DPI = named("NIST800_108_DPI");

    /** Asymmetric Key. */
    public static final DerivationMethod ASYMMETRIC_KEY = named("AsymmetricKey");

    /** AWS Signature Version 4. */
    public static final DerivationMethod AWS_SIGNATURE_VERSION4 = named("AWSSignatureVersion4");

    /** HKDF. */
    public static final DerivationMethod HKDF = named("HKDF");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static DerivationMethod named(String xmlName) {
        return new DerivationMethod(TABLE.require(xmlName));
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
