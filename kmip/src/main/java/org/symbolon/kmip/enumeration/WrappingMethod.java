package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Wrapping Method, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record WrappingMethod(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("WrappingMethod");

    /** Encrypt. */
    public static final WrappingMethod ENCRYPT = named("Encrypt");

    /** MAC/sign. */
    public static final WrappingMethod MAC_SIGN = named("MACSign");

    /** Encrypt then MAC/sign. */
    public static final WrappingMethod ENCRYPT_THEN_MAC_SIGN = named("EncryptThenMACSign");

    /** MAC/sign then encrypt. */
    public static final WrappingMethod MAC_SIGN_THEN_ENCRYPT = named("MACSignThenEncrypt");

    /** TR-31. */
    public static final WrappingMethod TR_31 = named("TR_31");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static WrappingMethod named(String xmlName) {
        return new WrappingMethod(TABLE.require(xmlName));
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
