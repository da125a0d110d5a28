package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Unique Identifier, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record UniqueIdentifierReference(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("UniqueIdentifier");

    /** ID Placeholder. */
    public static final UniqueIdentifierReference ID_PLACEHOLDER = named("IDPlaceholder");

    /** Certify. */
    public static final UniqueIdentifierReference CERTIFY = named("Certify");

    /** Create. */
    public static final UniqueIdentifierReference CREATE = named("Create");

    /** Create Key Pair. */
    public static final UniqueIdentifierReference CREATE_KEY_PAIR = named("CreateKeyPair");

    /** Create Key Pair Private Key. */
    public static final UniqueIdentifierReference CREATE_KEY_PAIR_PRIVATE_KEY = named("CreateKeyPairPrivateKey");

    /** Create Key Pair Public Key. */
    public static final UniqueIdentifierReference CREATE_KEY_PAIR_PUBLIC_KEY = named("CreateKeyPairPublicKey");

    /** Create Split Key. */
    public static final UniqueIdentifierReference CREATE_SPLIT_KEY = named("CreateSplitKey");

    /** Derive Key. */
    public static final UniqueIdentifierReference DERIVE_KEY = named("DeriveKey");

    /** Import. */
    public static final UniqueIdentifierReference IMPORT = named("Import");

    /** Join Split Key. */
    public static final UniqueIdentifierReference JOIN_SPLIT_KEY = named("JoinSplitKey");

    /** Locate. */
    public static final UniqueIdentifierReference LOCATE = named("Locate");

    /** Register. */
    public static final UniqueIdentifierReference REGISTER = named("Register");

    /** Re-key. */
    public static final UniqueIdentifierReference RE_KEY = named("ReKey");

    /** Re-certify. */
    public static final UniqueIdentifierReference RE_CERTIFY = named("ReCertify");

    /** Re-key Key Pair. */
    public static final UniqueIdentifierReference RE_KEY_KEY_PAIR = named("ReKeyKeyPair");

    /** Re-key Key Pair Private Key. */
    public static final UniqueIdentifierReference RE_KEY_KEY_PAIR_PRIVATE_KEY = named("ReKeyKeyPairPrivateKey");

    /** Re-key Key Pair Public Key. */
    public static final UniqueIdentifierReference RE_KEY_KEY_PAIR_PUBLIC_KEY = named("ReKeyKeyPairPublicKey");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static UniqueIdentifierReference named(String xmlName) {
        return new UniqueIdentifierReference(TABLE.require(xmlName));
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
