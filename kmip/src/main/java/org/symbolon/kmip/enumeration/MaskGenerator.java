package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Mask Generator, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record MaskGenerator(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("MaskGenerator");

    /** MFG1. */
    public static final MaskGenerator MGF1 = named("MGF1");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static MaskGenerator named(String xmlName) {
        return new MaskGenerator(TABLE.require(xmlName));
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
