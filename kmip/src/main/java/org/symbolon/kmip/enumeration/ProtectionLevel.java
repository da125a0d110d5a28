package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Protection Level, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record ProtectionLevel(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("ProtectionLevel");

    /** High. */
    public static final ProtectionLevel HIGH = named("High");

    /** Low. */
    public static final ProtectionLevel LOW = named("Low");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static ProtectionLevel named(String xmlName) {
        return new ProtectionLevel(TABLE.require(xmlName));
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
