package org.symbolon.ssh.x509;

import java.util.Optional;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.config.SshX509Configuration;
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
     * Trusts whom the configuration file's section {@code ssh.x509} names.
     *
     * @param configuration the section
     * @param session the session with the token that {@link SshX509Configuration#anchors} names, where it names one; it stays
     *     the caller's, open for longer than the anchors are used
     * @return the anchors
     * @throws TokenException if the token cannot be read
     * @throws SshFormatException if a file is missing or malformed
     */
    static TrustAnchors of(SshX509Configuration configuration, Optional<Session> session)
            throws TokenException, SshFormatException {
        TrustAnchors files = FileTrustAnchors.of(configuration.anchorFiles(), configuration.listFiles());
        if (session.isEmpty()) {
            return files;
        }
        TokenTrustAnchors inToken = configuration.anchorLabel().isPresent()
                ? TokenTrustAnchors.labelled(
                        session.get(), configuration.anchorLabel().get())
                : TokenTrustAnchors.all(session.get());
        return inToken.and(files);
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
