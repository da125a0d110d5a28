package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Alternative Name Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record AlternativeNameType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("AlternativeNameType");

    /** Uninterpreted Text String. */
    public static final AlternativeNameType UNINTERPRETED_TEXT_STRING = named("UninterpretedTextString");

    /** URI. */
    public static final AlternativeNameType URI = named("URI");

    /** Object Serial Number. */
    public static final AlternativeNameType OBJECT_SERIAL_NUMBER = named("ObjectSerialNumber");

    /** Email Address. */
    public static final AlternativeNameType EMAIL_ADDRESS = named("EmailAddress");

    /** DNS Name. */
    public static final AlternativeNameType DNS_NAME = named("DNSName");

    /** X.500 Distinguished Name. */
    public static final AlternativeNameType X_500_DISTINGUISHED_NAME = named("X_500DistinguishedName");

    /** IP Address. */
    public static final AlternativeNameType IP_ADDRESS = named("IPAddress");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static AlternativeNameType named(String xmlName) {
        return new AlternativeNameType(TABLE.require(xmlName));
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
