package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * NIST Key Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record NistKeyType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("NISTKeyType");

    /** Private signature key. */
    public static final NistKeyType PRIVATE_SIGNATURE_KEY = named("PrivateSignatureKey");

    /** Public signature verification key. */
    public static final NistKeyType PUBLIC_SIGNATURE_VERIFICATION_KEY = named("PublicSignatureVerificationKey");

    /** Symmetric authentication key. */
    public static final NistKeyType SYMMETRIC_AUTHENTICATION_KEY = named("SymmetricAuthenticationKey");

    /** Private authentication key. */
    public static final NistKeyType PRIVATE_AUTHENTICATION_KEY = named("PrivateAuthenticationKey");

    /** Public authentication key. */
    public static final NistKeyType PUBLIC_AUTHENTICATION_KEY = named("PublicAuthenticationKey");

    /** Symmetric data encryption key. */
    public static final NistKeyType SYMMETRIC_DATA_ENCRYPTION_KEY = named("SymmetricDataEncryptionKey");

    /** Symmetric key wrapping key. */
    public static final NistKeyType SYMMETRIC_KEY_WRAPPING_KEY = named("SymmetricKeyWrappingKey");

    /** Symmetric random number generation key. */
    public static final NistKeyType SYMMETRIC_RANDOM_NUMBER_GENERATION_KEY =
            named("SymmetricRandomNumberGenerationKey");

    /** Symmetric master key. */
    public static final NistKeyType SYMMETRIC_MASTER_KEY = named("SymmetricMasterKey");

    /** Private key transport key. */
    public static final NistKeyType PRIVATE_KEY_TRANSPORT_KEY = named("PrivateKeyTransportKey");

    /** Public key transport key. */
    public static final NistKeyType PUBLIC_KEY_TRANSPORT_KEY = named("PublicKeyTransportKey");

    /** Symmetric key agreement key. */
    public static final NistKeyType SYMMETRIC_KEY_AGREEMENT_KEY = named("SymmetricKeyAgreementKey");

    /** Private static key agreement key. */
    public static final NistKeyType PRIVATE_STATIC_KEY_AGREEMENT_KEY = named("PrivateStaticKeyAgreementKey");

    /** Public static key agreement key. */
    public static final NistKeyType PUBLIC_STATIC_KEY_AGREEMENT_KEY = named("PublicStaticKeyAgreementKey");

    /** Private ephemeral key agreement key. */
    public static final NistKeyType PRIVATE_EPHEMERAL_KEY_AGREEMENT_KEY = named("PrivateEphemeralKeyAgreementKey");

    /** Public ephemeral key agreement key. */
    public static final NistKeyType PUBLIC_EPHEMERAL_KEY_AGREEMENT_KEY = named("PublicEphemeralKeyAgreementKey");

    /** Symmetric authorization key. */
    public static final NistKeyType SYMMETRIC_AUTHORIZATION_KEY = named("SymmetricAuthorizationKey");

    /** Private authorization key. */
    public static final NistKeyType PRIVATE_AUTHORIZATION_KEY = named("PrivateAuthorizationKey");

    /** Public authorization key. */
    public static final NistKeyType PUBLIC_AUTHORIZATION_KEY = named("PublicAuthorizationKey");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static NistKeyType named(String xmlName) {
        return new NistKeyType(TABLE.require(xmlName));
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
