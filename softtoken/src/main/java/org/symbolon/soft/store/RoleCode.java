package org.symbolon.soft.store;

import org.symbolon.Role;

/** Roles as the database writes them: PKCS #11's CKU_ numbers. */
final class RoleCode {
    private static final long SECURITY_OFFICER = 0;
    private static final long USER = 1;

    private RoleCode() {}

    static long of(Role role) {
        return switch (role) {
            case SECURITY_OFFICER -> SECURITY_OFFICER;
            case USER -> USER;
            case PUBLIC -> throw new AssertionError("nobody has a PIN");
        };
    }

    static Role role(long code) {
        return code == SECURITY_OFFICER ? Role.SECURITY_OFFICER : Role.USER;
    }
}
