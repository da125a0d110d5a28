package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Split Key Method, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record SplitKeyMethod(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("SplitKeyMethod");

    /** XOR. */
    public static final SplitKeyMethod XOR = named("XOR");

    /** Polynomial Sharing GF (216). */
    public static final SplitKeyMethod POLYNOMIAL_SHARING_GF216 = named("PolynomialSharingGF216");

    /** Polynomial Sharing Prime Field. */
    public static final SplitKeyMethod POLYNOMIAL_SHARING_PRIME_FIELD = named("PolynomialSharingPrimeField");

    /** Polynomial Sharing GF (28). */
    public static final SplitKeyMethod POLYNOMIAL_SHARING_GF2_8 = named("PolynomialSharingGF2_8");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static SplitKeyMethod named(String xmlName) {
        return new SplitKeyMethod(TABLE.require(xmlName));
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
