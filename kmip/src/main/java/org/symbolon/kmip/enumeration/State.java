package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * State, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record State(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("State");

    /** Pre-Active. */
    public static final State PRE_ACTIVE = named("PreActive");

    /** Active. */
    public static final State ACTIVE = named("Active");

    /** Deactivated. */
    public static final State DEACTIVATED = named("Deactivated");

    /** Compromised. */
    public static final State COMPROMISED = named("Compromised");

    /** Destroyed. */
    public static final State DESTROYED = named("Destroyed");

    /** Destroyed Compromised. */
    public static final State DESTROYED_COMPROMISED = named("DestroyedCompromised");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static State named(String xmlName) {
        return new State(TABLE.require(xmlName));
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
