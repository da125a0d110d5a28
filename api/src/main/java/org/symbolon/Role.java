package org.symbolon;

/** In whose name a session acts. */
public enum Role {
    /** Nobody: public objects only. */
    PUBLIC,
    /** The token's user (CKU_USER). */
    USER,
    /** The security officer (CKU_SO). */
    SECURITY_OFFICER
}
