package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Key Wrap Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record KeyWrapType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("KeyWrapType");

    /** Not Wrapped. */
    public static final KeyWrapType NOT_WRAPPED = named("NotWrapped");

    /** As Registered. */
    public static final KeyWrapType AS_REGISTERED = named("AsRegistered");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static KeyWrapType named(String xmlName) {
        return new KeyWrapType(TABLE.require(xmlName));
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
