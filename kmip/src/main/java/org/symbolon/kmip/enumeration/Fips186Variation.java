package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * FIPS186 Variation, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record Fips186Variation(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("FIPS186Variation");

    /** Unspecified. */
    public static final Fips186Variation UNSPECIFIED = named("Unspecified");

    /** GP x-Original. */
    public static final Fips186Variation GPX_ORIGINAL = named("GPXOriginal");

    /** GP x-Change Notice. */
    public static final Fips186Variation GPX_CHANGE_NOTICE = named("GPXChangeNotice");

    /** x-Original. */
    public static final Fips186Variation X_ORIGINAL = named("XOriginal");

    /** x-Change Notice. */
    public static final Fips186Variation X_CHANGE_NOTICE = named("XChangeNotice");

    /** k-Original. */
    public static final Fips186Variation K_ORIGINAL = named("KOriginal");

    /** k-Change Notice. */
    public static final Fips186Variation K_CHANGE_NOTICE = named("KChangeNotice");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static Fips186Variation named(String xmlName) {
        return new Fips186Variation(TABLE.require(xmlName));
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
