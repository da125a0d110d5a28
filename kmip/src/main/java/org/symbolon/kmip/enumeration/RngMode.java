package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * RNG Mode, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record RngMode(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("RNGMode");

    /** Unspecified. */
    public static final RngMode UNSPECIFIED = named("Unspecified");

    /** Shared Instantiation. */
    public static final RngMode SHARED_INSTANTIATION = named("SharedInstantiation");

    /** Non-Shared Instantiation. */
    public static final RngMode NON_SHARED_INSTANTIATION = named("NonSharedInstantiation");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static RngMode named(String xmlName) {
        return new RngMode(TABLE.require(xmlName));
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
