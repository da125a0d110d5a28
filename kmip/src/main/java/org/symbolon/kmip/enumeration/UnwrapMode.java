package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Unwrap Mode, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record UnwrapMode(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("UnwrapMode");

    /** Unspecified. */
    public static final UnwrapMode UNSPECIFIED = named("Unspecified");

    /** Processed. */
    public static final UnwrapMode PROCESSED = named("Processed");

    /** Not Processed. */
    public static final UnwrapMode NOT_PROCESSED = named("NotProcessed");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static UnwrapMode named(String xmlName) {
        return new UnwrapMode(TABLE.require(xmlName));
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
