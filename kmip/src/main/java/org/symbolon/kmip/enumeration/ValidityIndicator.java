package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Validity Indicator, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record ValidityIndicator(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("ValidityIndicator");

    /** Valid. */
    public static final ValidityIndicator VALID = named("Valid");

    /** Invalid. */
    public static final ValidityIndicator INVALID = named("Invalid");

    /** Unknown. */
    public static final ValidityIndicator UNKNOWN = named("Unknown");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static ValidityIndicator named(String xmlName) {
        return new ValidityIndicator(TABLE.require(xmlName));
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
