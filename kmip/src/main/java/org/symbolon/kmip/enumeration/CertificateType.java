package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Certificate Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record CertificateType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("CertificateType");

    /** X.509. */
    public static final CertificateType X_509 = named("X_509");

    /** PGP. */
    public static final CertificateType PGP = named("PGP");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static CertificateType named(String xmlName) {
        return new CertificateType(TABLE.require(xmlName));
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
