package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Name Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record NameType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("NameType");

    /** Uninterpreted Text String. */
    public static final NameType UNINTERPRETED_TEXT_STRING = named("UninterpretedTextString");

    /** URI. */
    public static final NameType URI = named("URI");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static NameType named(String xmlName) {
        return new NameType(TABLE.require(xmlName));
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
