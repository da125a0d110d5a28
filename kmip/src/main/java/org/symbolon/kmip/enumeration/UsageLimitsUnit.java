package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Usage Limits Unit, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record UsageLimitsUnit(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("UsageLimitsUnit");

    /** Byte. */
    public static final UsageLimitsUnit BYTE = named("Byte");

    /** Object. */
    public static final UsageLimitsUnit OBJECT = named("Object");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static UsageLimitsUnit named(String xmlName) {
        return new UsageLimitsUnit(TABLE.require(xmlName));
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
