package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Client Registration Method, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record ClientRegistrationMethod(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("ClientRegistrationMethod");

    /** Unspecified. */
    public static final ClientRegistrationMethod UNSPECIFIED = named("Unspecified");

    /** Server Pre-Generated. */
    public static final ClientRegistrationMethod SERVER_PRE_GENERATED = named("ServerPreGenerated");

    /** Server On-Demand. */
    public static final ClientRegistrationMethod SERVER_ON_DEMAND = named("ServerOnDemand");

    /** Client Generated. */
    public static final ClientRegistrationMethod CLIENT_GENERATED = named("ClientGenerated");

    /** Client Registered. */
    public static final ClientRegistrationMethod CLIENT_REGISTERED = named("ClientRegistered");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static ClientRegistrationMethod named(String xmlName) {
        return new ClientRegistrationMethod(TABLE.require(xmlName));
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
