package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Key Value Location Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record KeyValueLocationType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("KeyValueLocationType");

    /** Uninterpreted Text String. */
    public static final KeyValueLocationType UNINTERPRETED_TEXT_STRING = named("UninterpretedTextString");

    /** URI. */
    public static final KeyValueLocationType URI = named("URI");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static KeyValueLocationType named(String xmlName) {
        return new KeyValueLocationType(TABLE.require(xmlName));
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
