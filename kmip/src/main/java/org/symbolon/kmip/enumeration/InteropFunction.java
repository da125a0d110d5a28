package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Interop Function, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record InteropFunction(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("InteropFunction");

    /** Begin. */
    public static final InteropFunction BEGIN = named("Begin");

    /** End. */
    public static final InteropFunction END = named("End");

    /** Reset. */
    public static final InteropFunction RESET = named("Reset");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static InteropFunction named(String xmlName) {
        return new InteropFunction(TABLE.require(xmlName));
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
