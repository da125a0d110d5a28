package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Validation Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record ValidationType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("ValidationType");

    /** Unspecified. */
    public static final ValidationType UNSPECIFIED = named("Unspecified");

    /** Hardware. */
    public static final ValidationType HARDWARE = named("Hardware");

    /** Software. */
    public static final ValidationType SOFTWARE = named("Software");

    /** Firmware. */
    public static final ValidationType FIRMWARE = named("Firmware");

    /** Hybrid. */
    public static final ValidationType HYBRID = named("Hybrid");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static ValidationType named(String xmlName) {
        return new ValidationType(TABLE.require(xmlName));
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
