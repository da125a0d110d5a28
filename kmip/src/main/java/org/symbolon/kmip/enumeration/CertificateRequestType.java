package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Certificate Request Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record CertificateRequestType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("CertificateRequestType");

    /** CRMF. */
    public static final CertificateRequestType CRMF = named("CRMF");

    /** PKCS#10. */
    public static final CertificateRequestType PKCS_10 = named("PKCS_10");

    /** PEM. */
    public static final CertificateRequestType PEM = named("PEM");

    /** PGP. */
    public static final CertificateRequestType PGP = named("PGP");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static CertificateRequestType named(String xmlName) {
        return new CertificateRequestType(TABLE.require(xmlName));
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
