package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Hashing Algorithm, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record HashingAlgorithm(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("HashingAlgorithm");

    /** MD2. */
    public static final HashingAlgorithm MD2 = named("MD2");

    /** MD4. */
    public static final HashingAlgorithm MD4 = named("MD4");

    /** MD5. */
    public static final HashingAlgorithm MD5 = named("MD5");

    /** SHA-1. */
    public static final HashingAlgorithm SHA_1 = named("SHA_1");

    /** SHA-224. */
    public static final HashingAlgorithm SHA_224 = named("SHA_224");

    /** SHA-256. */
    public static final HashingAlgorithm SHA_256 = named("SHA_256");

    /** SHA-384. */
    public static final HashingAlgorithm SHA_384 = named("SHA_384");

    /** SHA-512. */
    public static final HashingAlgorithm SHA_512 = named("SHA_512");

    /** RIPEMD-160. */
    public static final HashingAlgorithm RIPEMD_160 = named("RIPEMD_160");

    /** Tiger. */
    public static final HashingAlgorithm TIGER = named("Tiger");

    /** Whirlpool. */
    public static final HashingAlgorithm WHIRLPOOL = named("Whirlpool");

    /** SHA-512/224. */
    public static final HashingAlgorithm SHA_512_224 = named("SHA_512_224");

    /** SHA-512/256. */
    public static final HashingAlgorithm SHA_512_256 = named("SHA_512_256");

    /** SHA3-224. */
    public static final HashingAlgorithm SHA3_224 = named("SHA3_224");

    /** SHA3-256. */
    public static final HashingAlgorithm SHA3_256 = named("SHA3_256");

    /** SHA3-384. */
    public static final HashingAlgorithm SHA3_384 = named("SHA3_384");

    /** SHA3-512. */
    public static final HashingAlgorithm SHA3_512 = named("SHA3_512");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static HashingAlgorithm named(String xmlName) {
        return new HashingAlgorithm(TABLE.require(xmlName));
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
