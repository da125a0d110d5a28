package org.symbolon;

/** A flag of CK_TOKEN_INFO (PKCS #11 v3.2 section 3.2). */
public enum TokenFlag {
    /** CKF_RNG: it makes random numbers. */
    RNG,
    /** CKF_WRITE_PROTECTED. */
    WRITE_PROTECTED,
    /** CKF_LOGIN_REQUIRED: some operations want a login. */
    LOGIN_REQUIRED,
    /** CKF_USER_PIN_INITIALIZED. */
    USER_PIN_INITIALIZED,
    /** CKF_PROTECTED_AUTHENTICATION_PATH: it asks for the PIN itself. */
    PROTECTED_AUTHENTICATION_PATH,
    /** CKF_TOKEN_INITIALIZED. */
    TOKEN_INITIALIZED,
    /** CKF_USER_PIN_COUNT_LOW: a wrong PIN was given since the last good login. */
    USER_PIN_COUNT_LOW,
    /** CKF_USER_PIN_FINAL_TRY: the next wrong PIN locks. */
    USER_PIN_FINAL_TRY,
    /** CKF_USER_PIN_LOCKED. */
    USER_PIN_LOCKED,
    /** CKF_USER_PIN_TO_BE_CHANGED. */
    USER_PIN_TO_BE_CHANGED,
    /** CKF_SO_PIN_COUNT_LOW. */
    SO_PIN_COUNT_LOW,
    /** CKF_SO_PIN_FINAL_TRY. */
    SO_PIN_FINAL_TRY,
    /** CKF_SO_PIN_LOCKED. */
    SO_PIN_LOCKED,
    /** CKF_SO_PIN_TO_BE_CHANGED. */
    SO_PIN_TO_BE_CHANGED,
    /** CKF_ERROR_STATE. */
    ERROR_STATE;

    private final long flag = ConstantTable.value("token_info_flags", "CKF_" + name());

    /** {@return the flag's CKF_ bit} */
    public long flag() {
        return flag;
    }
}
