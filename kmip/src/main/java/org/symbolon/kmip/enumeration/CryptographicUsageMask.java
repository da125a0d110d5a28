package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Cryptographic Usage Mask, a mask of the standard; other values are legal.
 *
 * @param value the bits on the wire
 */
public record CryptographicUsageMask(int value) implements KmipMask {
    private static final ValueTable TABLE = ValueTable.of("CryptographicUsageMask");

    /** Sign. */
    public static final CryptographicUsageMask SIGN = named("Sign");

    /** Verify. */
    public static final CryptographicUsageMask VERIFY = named("Verify");

    /** Encrypt. */
    public static final CryptographicUsageMask ENCRYPT = named("Encrypt");

    /** Decrypt. */
    public static final CryptographicUsageMask DECRYPT = named("Decrypt");

    /** Wrap Key. */
    public static final CryptographicUsageMask WRAP_KEY = named("WrapKey");

    /** Unwrap Key. */
    public static final CryptographicUsageMask UNWRAP_KEY = named("UnwrapKey");

    /** Export. */
    public static final CryptographicUsageMask EXPORT = named("Export");

    /** MAC Generate. */
    public static final CryptographicUsageMask MAC_GENERATE = named("MACGenerate");

    /** MAC Verify. */
    public static final CryptographicUsageMask MAC_VERIFY = named("MACVerify");

    /** Derive Key. */
    public static final CryptographicUsageMask DERIVE_KEY = named("DeriveKey");

    /** Content Commitment (Non Repudiation). */
    public static final CryptographicUsageMask CONTENT_COMMITMENT = named("ContentCommitment");

    /** Key Agreement. */
    public static final CryptographicUsageMask KEY_AGREEMENT = named("KeyAgreement");

    /** Certificate Sign. */
    public static final CryptographicUsageMask CERTIFICATE_SIGN = named("CertificateSign");

    /** CRL Sign. */
    public static final CryptographicUsageMask CRL_SIGN = named("CRLSign");

    /** Generate Cryptogram. */
    public static final CryptographicUsageMask GENERATE_CRYPTOGRAM = named("GenerateCryptogram");

    /** Validate Cryptogram. */
    public static final CryptographicUsageMask VALIDATE_CRYPTOGRAM = named("ValidateCryptogram");

    /** Translate Encrypt. */
    public static final CryptographicUsageMask TRANSLATE_ENCRYPT = named("TranslateEncrypt");

    /** Translate Decrypt. */
    public static final CryptographicUsageMask TRANSLATE_DECRYPT = named("TranslateDecrypt");

    /** Translate Wrap. */
    public static final CryptographicUsageMask TRANSLATE_WRAP = named("TranslateWrap");

    /** Translate Unwrap. */
    public static final CryptographicUsageMask TRANSLATE_UNWRAP = named("TranslateUnwrap");

    /** Authenticate. */
    public static final CryptographicUsageMask AUTHENTICATE = named("Authenticate");

    /** Unrestricted. */
    public static final CryptographicUsageMask UNRESTRICTED = named("Unrestricted");

    /** FPE Encrypt. */
    public static final CryptographicUsageMask FPE_ENCRYPT = named("FPEEncrypt");

    /** FPE Decrypt. */
    public static final CryptographicUsageMask FPE_DECRYPT = named("FPEDecrypt");

    /**
     * Returns the bit that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static CryptographicUsageMask named(String xmlName) {
        return new CryptographicUsageMask(TABLE.require(xmlName));
    }

    /**
     * Returns bits together.
     *
     * @param bits any masks
     * @return the mask that has the bits of all
     */
    public static CryptographicUsageMask of(CryptographicUsageMask... bits) {
        return new CryptographicUsageMask(KmipMask.together(bits));
    }

    @Override
    public ValueTable table() {
        return TABLE;
    }

    @Override
    public String toString() {
        return names();
    }
}
