package org.symbolon.soft;

import org.symbolon.soft.object.Hardening;

/** How strictly a token rules over its objects. */
public enum ObjectPolicy {
    /**
     * Beyond the standard: what is known to break keys out of tokens is refused, and so are keys and signatures that are
     * too weak by now. docs/security.md lists all of it.
     */
    STRICT(Hardening.STRICT),
    /** What PKCS #11 says, and no more: for peers and data that cannot do better. */
    COMPAT(Hardening.COMPAT);

    private final Hardening hardening;

    ObjectPolicy(Hardening hardening) {
        this.hardening = hardening;
    }

    Hardening hardening() {
        return hardening;
    }
}
