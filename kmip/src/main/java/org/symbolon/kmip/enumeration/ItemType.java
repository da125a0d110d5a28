package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * ItemType, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record ItemType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("ItemType");

    /** Structure. */
    public static final ItemType STRUCTURE = named("Structure");

    /** Integer. */
    public static final ItemType INTEGER = named("Integer");

    /** Long Integer. */
    public static final ItemType LONG_INTEGER = named("LongInteger");

    /** Big Integer. */
    public static final ItemType BIG_INTEGER = named("BigInteger");

    /** Enumeration. */
    public static final ItemType ENUMERATION = named("Enumeration");

    /** Boolean. */
    public static final ItemType BOOLEAN = named("Boolean");

    /** Text String. */
    public static final ItemType TEXT_STRING = named("TextString");

    /** Byte String. */
    public static final ItemType BYTE_STRING = named("ByteString");

    /** Date Time. */
    public static final ItemType DATE_TIME = named("DateTime");

    /** Interval. */
    public static final ItemType INTERVAL = named("Interval");

    /** Date Time Extended. */
    public static final ItemType DATE_TIME_EXTENDED = named("DateTimeExtended");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static ItemType named(String xmlName) {
        return new ItemType(TABLE.require(xmlName));
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
