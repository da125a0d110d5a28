package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Secret Data Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record SecretDataType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("SecretDataType");

    /** Password. */
    public static final SecretDataType PASSWORD = named("Password");

    /** Seed. */
    public static final SecretDataType SEED = named("Seed");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static SecretDataType named(String xmlName) {
        return new SecretDataType(TABLE.require(xmlName));
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
