package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Endpoint Role, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record EndpointRole(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("EndpointRole");

    /** Client. */
    public static final EndpointRole CLIENT = named("Client");

    /** Server. */
    public static final EndpointRole SERVER = named("Server");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static EndpointRole named(String xmlName) {
        return new EndpointRole(TABLE.require(xmlName));
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
