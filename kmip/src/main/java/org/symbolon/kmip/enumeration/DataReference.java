package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Data, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record DataReference(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("Data");

    /** Decrypt. */
    public static final DataReference DECRYPT = named("Decrypt");

    /** Encrypt. */
    public static final DataReference ENCRYPT = named("Encrypt");

    /** Hash. */
    public static final DataReference HASH = named("Hash");

    /** MAC MAC Data. */
    public static final DataReference MACMAC_DATA = named("MACMACData");

    /** RNG Retrieve. */
    public static final DataReference RNG_RETRIEVE = named("RNGRetrieve");

    /** Sign Signature Data. */
    public static final DataReference SIGN_SIGNATURE_DATA = named("SignSignatureData");

    /** Signature Verify. */
    public static final DataReference SIGNATURE_VERIFY = named("SignatureVerify");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static DataReference named(String xmlName) {
        return new DataReference(TABLE.require(xmlName));
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
