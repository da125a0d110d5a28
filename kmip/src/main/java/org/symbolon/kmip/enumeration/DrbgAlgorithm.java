package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * DRBG Algorithm, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record DrbgAlgorithm(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("DRBGAlgorithm");

    /** Unspecified. */
    public static final DrbgAlgorithm UNSPECIFIED = named("Unspecified");

    /** Dual-EC. */
    public static final DrbgAlgorithm DUAL_EC = named("Dual_EC");

    /** Hash. */
    public static final DrbgAlgorithm HASH = named("Hash");

    /** HMAC. */
    public static final DrbgAlgorithm HMAC = named("HMAC");

    /** CTR. */
    public static final DrbgAlgorithm CTR = named("CTR");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static DrbgAlgorithm named(String xmlName) {
        return new DrbgAlgorithm(TABLE.require(xmlName));
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
