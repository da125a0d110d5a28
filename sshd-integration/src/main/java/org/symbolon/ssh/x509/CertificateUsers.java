package org.symbolon.ssh.x509;

import java.security.cert.X509Certificate;
import org.symbolon.TokenException;

/**
 * Says whether a certificate is a user's: {@link CertificateRules}, a directory, certificates that users uploaded (RFC 7076).
 * Implementations are thread-safe.
 */
@FunctionalInterface
public interface CertificateUsers {
    /**
     * Whether a certificate logs a user in.
     *
     * @param user the name as the client sent it, never empty; hostile, so it is compared and never put into a query unquoted
     * @param certificate a certificate that was validated already
     * @return true if it is this user's
     * @throws TokenException if the token or directory that knows cannot tell
     */
    boolean permits(String user, X509Certificate certificate) throws TokenException;

    /**
     * Permits what this permits, and what another does.
     *
     * @param other asked where this says no
     * @return both
     */
    default CertificateUsers or(CertificateUsers other) {
        return (user, certificate) -> permits(user, certificate) || other.permits(user, certificate);
    }
}
