package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Padding Method, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record PaddingMethod(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("PaddingMethod");

    /** None. */
    public static final PaddingMethod NONE = named("None");

    /** OAEP. */
    public static final PaddingMethod OAEP = named("OAEP");

    /** PKCS5. */
    public static final PaddingMethod PKCS5 = named("PKCS5");

    /** SSL3. */
    public static final PaddingMethod SSL3 = named("SSL3");

    /** Zeros. */
    public static final PaddingMethod ZEROS = named("Zeros");

    /** ANSI X9.23. */
    public static final PaddingMethod ANSIX9_23 = named("ANSIX9_23");

    /** ISO 10126. */
    public static final PaddingMethod ISO10126 = named("ISO10126");

    /** PKCS1 v1.5. */
    public static final PaddingMethod PKCS1_V1_5 = named("PKCS1V1_5");

    /** X9.31. */
    public static final PaddingMethod X9_31 = named("X9_31");

    /** PSS. */
    public static final PaddingMethod PSS = named("PSS");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static PaddingMethod named(String xmlName) {
        return new PaddingMethod(TABLE.require(xmlName));
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
