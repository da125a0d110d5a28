package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Credential Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record CredentialType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("CredentialType");

    /** Username and Password. */
    public static final CredentialType USERNAME_AND_PASSWORD = named("UsernameAndPassword");

    /** Device. */
    public static final CredentialType DEVICE = named("Device");

    /** Attestation. */
    public static final CredentialType ATTESTATION = named("Attestation");

    /** One Time Password. */
    public static final CredentialType ONE_TIME_PASSWORD = named("OneTimePassword");

    /** Hashed Password. */
    public static final CredentialType HASHED_PASSWORD = named("HashedPassword");

    /** Ticket. */
    public static final CredentialType TICKET = named("Ticket");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static CredentialType named(String xmlName) {
        return new CredentialType(TABLE.require(xmlName));
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
