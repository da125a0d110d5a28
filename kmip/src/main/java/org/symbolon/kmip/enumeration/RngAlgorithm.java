package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * RNG Algorithm, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record RngAlgorithm(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("RNGAlgorithm");

    /** Unspecified. */
    public static final RngAlgorithm UNSPECIFIED = named("Unspecified");

    /** FIPS 186-2. */
    public static final RngAlgorithm FIPS186_2 = named("FIPS186_2");

    /** DRBG. */
    public static final RngAlgorithm DRBG = named("DRBG");

    /** NRBG. */
    public static final RngAlgorithm NRBG = named("NRBG");

    /** ANSI X9.31. */
    public static final RngAlgorithm ANSIX9_31 = named("ANSIX9_31");

    /** ANSI X9.62. */
    public static final RngAlgorithm ANSIX9_62 = named("ANSIX9_62");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static RngAlgorithm named(String xmlName) {
        return new RngAlgorithm(TABLE.require(xmlName));
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
