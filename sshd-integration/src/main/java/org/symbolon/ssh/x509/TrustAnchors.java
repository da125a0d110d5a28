package org.symbolon.ssh.x509;

/** Whose certificates are trusted, as it is now. Implementations are thread-safe. */
@FunctionalInterface
public interface TrustAnchors {
    /**
     * The authorities as they are now. Asked at each login.
     *
     * @return the authorities; none where they cannot be had, which trusts nobody
     */
    Authorities now();

    /**
     * Anchors of several places together are not mixed by this interface: make one {@link Authorities} of what they hold.
     *
     * @param authorities what is trusted, for good
     * @return anchors that never change
     */
    static TrustAnchors of(Authorities authorities) {
        return () -> authorities;
    }
}
