package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Link Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record LinkType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("LinkType");

    /** Certificate Link. */
    public static final LinkType CERTIFICATE_LINK = named("CertificateLink");

    /** Public Key Link. */
    public static final LinkType PUBLIC_KEY_LINK = named("PublicKeyLink");

    /** Private Key Link. */
    public static final LinkType PRIVATE_KEY_LINK = named("PrivateKeyLink");

    /** Derivation Base Object Link. */
    public static final LinkType DERIVATION_BASE_OBJECT_LINK = named("DerivationBaseObjectLink");

    /** Derived Key Link. */
    public static final LinkType DERIVED_KEY_LINK = named("DerivedKeyLink");

    /** Replacement Object Link. */
    public static final LinkType REPLACEMENT_OBJECT_LINK = named("ReplacementObjectLink");

    /** Replaced Object Link. */
    public static final LinkType REPLACED_OBJECT_LINK = named("ReplacedObjectLink");

    /** Parent Link. */
    public static final LinkType PARENT_LINK = named("ParentLink");

    /** Child Link. */
    public static final LinkType CHILD_LINK = named("ChildLink");

    /** Previous Link. */
    public static final LinkType PREVIOUS_LINK = named("PreviousLink");

    /** Next Link. */
    public static final LinkType NEXT_LINK = named("NextLink");

    /** PKCS#12 Certificate Link. */
    public static final LinkType PKCS_12_CERTIFICATE_LINK = named("PKCS_12CertificateLink");

    /** PKCS#12 Password Link. */
    public static final LinkType PKCS_12_PASSWORD_LINK = named("PKCS_12PasswordLink");

    /** Wrapping Key Link. */
    public static final LinkType WRAPPING_KEY_LINK = named("WrappingKeyLink");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static LinkType named(String xmlName) {
        return new LinkType(TABLE.require(xmlName));
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
