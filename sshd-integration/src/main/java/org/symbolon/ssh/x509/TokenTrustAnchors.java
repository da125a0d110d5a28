package org.symbolon.ssh.x509;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Predicate;
import org.symbolon.Session;
import org.symbolon.TokenException;

/**
 * Trust anchors in a token: certificates (CKO_CERTIFICATE) of authorities. Removing one shuts out its people at their next
 * login, as soon as the token's change feed tells.
 *
 * <p>The other authorities in the same token are known as intermediates, and its data objects (CKO_DATA) with CKA_APPLICATION
 * {@code CRL} as lists of revoked certificates. Certificates that the token does not vouch for are left out. Thread-safe; waits
 * for the token only after a change.
 */
public final class TokenTrustAnchors implements TrustAnchors, AutoCloseable {
    private final TokenCertificates certificates;
    private final Predicate<TokenCertificates.Held> isAnchor;

    private TokenTrustAnchors(TokenCertificates certificates, Predicate<TokenCertificates.Held> isAnchor) {
        this.certificates = certificates;
        this.isAnchor = isAnchor;
    }

    /**
     * Trusts every authority whose certificate is in the token, for tokens made for that: such as a KMIP object group.
     *
     * @param session the session to read with; it stays the caller's, open for longer than this
     * @return the anchors, to be closed
     * @throws TokenException if the token cannot be read
     */
    public static TokenTrustAnchors all(Session session) throws TokenException {
        return new TokenTrustAnchors(TokenCertificates.in(session), held -> true);
    }

    /**
     * Trusts those that the security officer marked (CKA_TRUSTED).
     *
     * @param session the session to read with; it stays the caller's, open for longer than this
     * @return the anchors, to be closed
     * @throws TokenException if the token cannot be read
     */
    public static TokenTrustAnchors trusted(Session session) throws TokenException {
        return new TokenTrustAnchors(TokenCertificates.in(session), TokenCertificates.Held::trusted);
    }

    /**
     * Trusts those with a label.
     *
     * @param session the session to read with; it stays the caller's, open for longer than this
     * @param label the label of the anchors' certificates
     * @return the anchors, to be closed
     * @throws TokenException if the token cannot be read
     */
    public static TokenTrustAnchors labelled(Session session, String label) throws TokenException {
        return new TokenTrustAnchors(
                TokenCertificates.in(session), held -> held.label().equals(label));
    }

    @Override
    public Authorities now() throws TokenException {
        TokenCertificates.Snapshot now = certificates.now();
        return Authorities.of(some(now, isAnchor), some(now, isAnchor.negate()), now.lists());
    }

    /** Ends to follow the token. Idempotent. */
    @Override
    public void close() {
        certificates.close();
    }

    private static List<X509Certificate> some(
            TokenCertificates.Snapshot snapshot, Predicate<TokenCertificates.Held> which) {
        return snapshot.certificates().stream()
                .filter(which)
                .map(TokenCertificates.Held::certificate)
                .toList();
    }
}
