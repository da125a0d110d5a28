package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Encoding Option, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record EncodingOption(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("EncodingOption");

    /** No Encoding. */
    public static final EncodingOption NO_ENCODING = named("NoEncoding");

    /** TTLV Encoding. */
    public static final EncodingOption TTLV_ENCODING = named("TTLVEncoding");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static EncodingOption named(String xmlName) {
        return new EncodingOption(TABLE.require(xmlName));
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
