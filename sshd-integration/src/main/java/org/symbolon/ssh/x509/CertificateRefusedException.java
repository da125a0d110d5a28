package org.symbolon.ssh.x509;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** Says why a chain of certificates is not taken. The message names the certificate and the reason, for the log. */
public final class CertificateRefusedException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** The kinds of reasons. */
    public enum Reason {
        /** No path leads to a trust anchor, or something on it is wrong. */
        UNTRUSTED,
        /** A certificate is not valid yet, or not any more. */
        EXPIRED,
        /** A certificate was revoked. */
        REVOKED,
        /** Whether a certificate was revoked could not be learned, and must be. */
        REVOCATION_UNKNOWN,
        /** The key or the certificate is for something else. */
        PURPOSE,
        /** The certificate is of another host or user. */
        NAME
    }

    CertificateRefusedException(Reason reason, X509Certificate certificate, String why, @Nullable Throwable cause) {
        super(CertificateText.of(certificate) + ": " + why, cause);
        this.reason = reason;
    }

    CertificateRefusedException(Reason reason, X509Certificate certificate, String why) {
        this(reason, certificate, why, null);
    }

    /**
     * What kind of reason it is.
     *
     * @return the kind
     */
    public Reason reason() {
        return reason;
    }
}
