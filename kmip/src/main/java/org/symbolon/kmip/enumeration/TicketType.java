package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Ticket Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record TicketType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("TicketType");

    /** Login. */
    public static final TicketType LOGIN = named("Login");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static TicketType named(String xmlName) {
        return new TicketType(TABLE.require(xmlName));
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
