package org.symbolon.ssh.x509;

import org.symbolon.TokenException;
import org.symbolon.ssh.SshFormatException;

/** Whose certificates are trusted, as it is now. Implementations are thread-safe. */
@FunctionalInterface
public interface TrustAnchors {
    /**
     * The authorities as they are now. Asked at each login.
     *
     * @return the authorities; none where there are none, which trusts nobody
     * @throws TokenException if the token that holds them cannot tell
     * @throws SshFormatException if a file that holds them is missing or malformed
     */
    Authorities now() throws TokenException, SshFormatException;

    /**
     * Makes anchors that never change.
     *
     * @param authorities what is trusted, for good
     * @return the anchors
     */
    static TrustAnchors of(Authorities authorities) {
        return () -> authorities;
    }

    /**
     * Trusts whom this trusts, and whom another does.
     *
     * @param other asked each time, too
     * @return both
     */
    default TrustAnchors and(TrustAnchors other) {
        return () -> now().and(other.now());
    }
}
