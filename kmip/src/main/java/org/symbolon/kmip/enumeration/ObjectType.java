package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Object Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record ObjectType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("ObjectType");

    /** Certificate. */
    public static final ObjectType CERTIFICATE = named("Certificate");

    /** Symmetric Key. */
    public static final ObjectType SYMMETRIC_KEY = named("SymmetricKey");

    /** Public Key. */
    public static final ObjectType PUBLIC_KEY = named("PublicKey");

    /** Private Key. */
    public static final ObjectType PRIVATE_KEY = named("PrivateKey");

    /** Split Key. */
    public static final ObjectType SPLIT_KEY = named("SplitKey");

    /** Template. */
    public static final ObjectType TEMPLATE = named("Template");

    /** Secret Data. */
    public static final ObjectType SECRET_DATA = named("SecretData");

    /** Opaque Object. */
    public static final ObjectType OPAQUE_OBJECT = named("OpaqueObject");

    /** PGP Key. */
    public static final ObjectType PGP_KEY = named("PGPKey");

    /** Certificate Request. */
    public static final ObjectType CERTIFICATE_REQUEST = named("CertificateRequest");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static ObjectType named(String xmlName) {
        return new ObjectType(TABLE.require(xmlName));
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
