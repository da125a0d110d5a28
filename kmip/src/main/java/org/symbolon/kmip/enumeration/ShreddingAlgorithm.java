package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Shredding Algorithm, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record ShreddingAlgorithm(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("ShreddingAlgorithm");

    /** Unspecified. */
    public static final ShreddingAlgorithm UNSPECIFIED = named("Unspecified");

    /** Cryptographic. */
    public static final ShreddingAlgorithm CRYPTOGRAPHIC = named("Cryptographic");

    /** Unsupported. */
    public static final ShreddingAlgorithm UNSUPPORTED = named("Unsupported");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static ShreddingAlgorithm named(String xmlName) {
        return new ShreddingAlgorithm(TABLE.require(xmlName));
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
