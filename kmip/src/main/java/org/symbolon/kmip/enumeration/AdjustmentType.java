package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Adjustment Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record AdjustmentType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("AdjustmentType");

    /** Increment. */
    public static final AdjustmentType INCREMENT = named("Increment");

    /** Decrement. */
    public static final AdjustmentType DECREMENT = named("Decrement");

    /** Negate. */
    public static final AdjustmentType NEGATE = named("Negate");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static AdjustmentType named(String xmlName) {
        return new AdjustmentType(TABLE.require(xmlName));
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
