package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Revocation Reason Code, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record RevocationReasonCode(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("RevocationReasonCode");

    /** Unspecified. */
    public static final RevocationReasonCode UNSPECIFIED = named("Unspecified");

    /** Key Compromise. */
    public static final RevocationReasonCode KEY_COMPROMISE = named("KeyCompromise");

    /** CA Compromise. */
    public static final RevocationReasonCode CA_COMPROMISE = named("CACompromise");

    /** Affiliation Changed. */
    public static final RevocationReasonCode AFFILIATION_CHANGED = named("AffiliationChanged");

    /** Superseded. */
    public static final RevocationReasonCode SUPERSEDED = named("Superseded");

    /** Cessation of Operation. */
    public static final RevocationReasonCode CESSATION_OF_OPERATION = named("CessationOfOperation");

    /** Privilege Withdrawn. */
    public static final RevocationReasonCode PRIVILEGE_WITHDRAWN = named("PrivilegeWithdrawn");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static RevocationReasonCode named(String xmlName) {
        return new RevocationReasonCode(TABLE.require(xmlName));
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
