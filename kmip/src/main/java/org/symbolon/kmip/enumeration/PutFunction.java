package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Put Function, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record PutFunction(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("PutFunction");

    /** New. */
    public static final PutFunction NEW = named("New");

    /** Replace. */
    public static final PutFunction REPLACE = named("Replace");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static PutFunction named(String xmlName) {
        return new PutFunction(TABLE.require(xmlName));
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
