package org.symbolon;

/**
 * How a session authenticates itself to its token.
 *
 * <p>Immutable; a login with a PIN refers to the caller's {@link Pin} and copies it when the session is opened, so the
 * caller may close the PIN afterwards.
 */
public sealed interface Login {
    /** {@return the login of nobody: a public session, which sees public objects only} */
    static Login none() {
        return new None();
    }

    /**
     * Returns the login of the token's user (CKU_USER).
     *
     * @param pin the user's PIN
     * @return the login
     */
    static Login user(Pin pin) {
        return new User(pin);
    }

    /**
     * Returns the login of the security officer (CKU_SO), who sets the user's PIN and sees no private object.
     *
     * @param pin the security officer's PIN
     * @return the login
     */
    static Login securityOfficer(Pin pin) {
        return new SecurityOfficer(pin);
    }

    /** {@return the login of the user by the token's own means: a PIN pad, a prompt of the server} */
    static Login protectedPath() {
        return new ProtectedPath();
    }

    /** {@return the login of the user by the identity that the transport proved: a certificate, a Kerberos ticket} */
    static Login identity() {
        return new Identity();
    }

    /** {@return the role that the session has after this login} */
    Role role();

    /** Nobody. */
    record None() implements Login {
        @Override
        public Role role() {
            return Role.PUBLIC;
        }
    }

    /**
     * The token's user.
     *
     * @param pin the PIN
     */
    record User(Pin pin) implements Login {
        @Override
        public Role role() {
            return Role.USER;
        }
    }

    /**
     * The security officer.
     *
     * @param pin the PIN
     */
    record SecurityOfficer(Pin pin) implements Login {
        @Override
        public Role role() {
            return Role.SECURITY_OFFICER;
        }
    }

    /** The user, by the token's own means. */
    record ProtectedPath() implements Login {
        @Override
        public Role role() {
            return Role.USER;
        }
    }

    /** The user, by the identity that the transport proved. */
    record Identity() implements Login {
        @Override
        public Role role() {
            return Role.USER;
        }
    }
}
