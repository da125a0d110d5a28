package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Validation Authority Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record ValidationAuthorityType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("ValidationAuthorityType");

    /** Unspecified. */
    public static final ValidationAuthorityType UNSPECIFIED = named("Unspecified");

    /** NIST CMVP. */
    public static final ValidationAuthorityType NISTCMVP = named("NISTCMVP");

    /** Common Criteria. */
    public static final ValidationAuthorityType COMMON_CRITERIA = named("CommonCriteria");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static ValidationAuthorityType named(String xmlName) {
        return new ValidationAuthorityType(TABLE.require(xmlName));
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
