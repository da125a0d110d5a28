package org.symbolon;

import java.util.Locale;

/** A function that a mechanism can serve: a CKF_ flag of CK_MECHANISM_INFO (PKCS #11 v3.2 section 3.5). */
public enum MechanismFunction {
    /** CKF_ENCRYPT (0x00000100). */
    ENCRYPT,
    /** CKF_DECRYPT (0x00000200). */
    DECRYPT,
    /** CKF_DIGEST (0x00000400). */
    DIGEST,
    /** CKF_SIGN (0x00000800). */
    SIGN,
    /** CKF_SIGN_RECOVER (0x00001000). */
    SIGN_RECOVER,
    /** CKF_VERIFY (0x00002000). */
    VERIFY,
    /** CKF_VERIFY_RECOVER (0x00004000). */
    VERIFY_RECOVER,
    /** CKF_GENERATE (0x00008000). */
    GENERATE,
    /** CKF_GENERATE_KEY_PAIR (0x00010000). */
    GENERATE_KEY_PAIR,
    /** CKF_WRAP (0x00020000). */
    WRAP,
    /** CKF_UNWRAP (0x00040000). */
    UNWRAP,
    /** CKF_DERIVE (0x00080000). */
    DERIVE,
    /** CKF_ENCAPSULATE (0x10000000). */
    ENCAPSULATE,
    /** CKF_DECAPSULATE (0x20000000). */
    DECAPSULATE;

    private final long flag = ConstantTable.value("mechanisms_flags", "CKF_" + name());

    /** {@return the function's CKF_ bit} */
    public long flag() {
        return flag;
    }

    /** {@return the function as the tables and the command line write it, such as {@code generate_key_pair}} */
    public String lowerName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
