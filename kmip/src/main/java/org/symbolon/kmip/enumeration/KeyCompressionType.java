package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Key Compression Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record KeyCompressionType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("KeyCompressionType");

    /** EC Public Key Type Uncompressed. */
    public static final KeyCompressionType EC_PUBLIC_KEY_TYPE_UNCOMPRESSED = named("ECPublicKeyTypeUncompressed");

    /** EC Public Key Type X9.62 Compressed Prime. */
    public static final KeyCompressionType EC_PUBLIC_KEY_TYPE_X9_62_COMPRESSED_PRIME =
            named("ECPublicKeyTypeX9_62CompressedPrime");

    /** EC Public Key Type X9.62 Compressed Char2. */
    public static final KeyCompressionType EC_PUBLIC_KEY_TYPE_X9_62_COMPRESSED_CHAR2 =
            named("ECPublicKeyTypeX9_62CompressedChar2");

    /** EC Public Key Type X9.62 Hybrid. */
    public static final KeyCompressionType EC_PUBLIC_KEY_TYPE_X9_62_HYBRID = named("ECPublicKeyTypeX9_62Hybrid");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static KeyCompressionType named(String xmlName) {
        return new KeyCompressionType(TABLE.require(xmlName));
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
