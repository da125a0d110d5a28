package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Asynchronous Indicator, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record AsynchronousIndicator(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("AsynchronousIndicator");

    /** Mandatory. */
    public static final AsynchronousIndicator MANDATORY = named("Mandatory");

    /** Optional. */
    public static final AsynchronousIndicator OPTIONAL = named("Optional");

    /** Prohibited. */
    public static final AsynchronousIndicator PROHIBITED = named("Prohibited");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static AsynchronousIndicator named(String xmlName) {
        return new AsynchronousIndicator(TABLE.require(xmlName));
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
