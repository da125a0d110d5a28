package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Attestation Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record AttestationType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("AttestationType");

    /** TPM Quote. */
    public static final AttestationType TPM_QUOTE = named("TPMQuote");

    /** TCG Integrity Report. */
    public static final AttestationType TCG_INTEGRITY_REPORT = named("TCGIntegrityReport");

    /** SAML Assertion. */
    public static final AttestationType SAML_ASSERTION = named("SAMLAssertion");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static AttestationType named(String xmlName) {
        return new AttestationType(TABLE.require(xmlName));
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
