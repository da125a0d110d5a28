package org.symbolon.ssh.x509;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.symbolon.ssh.x509.CertificateRefusedException.Reason;

/**
 * The way from a leaf to a trust anchor. It is walked, not searched: in the order in which the peer sent the chain, then by the
 * intermediates that are known here, so that crossed or looped certificates cost nothing.
 *
 * @param certificates leaf first, without the anchor
 * @param anchor the authority that issued the last one
 */
record CertificationPath(List<X509Certificate> certificates, X509Certificate anchor) {
    static CertificationPath of(List<X509Certificate> offered, Authorities authorities)
            throws CertificateRefusedException {
        List<X509Certificate> path = new ArrayList<>();
        X509Certificate next = offered.get(0);
        while (path.size() < X509KeyBlob.MAX_CERTIFICATES) {
            X509Certificate certificate = next;
            path.add(certificate);
            Predicate<X509Certificate> issued = issuer -> signs(issuer, certificate);
            Optional<X509Certificate> anchor = authorities.anchors(certificate.getIssuerX500Principal()).stream()
                    .filter(issued)
                    .findFirst();
            if (anchor.isPresent()) {
                return new CertificationPath(List.copyOf(path), anchor.get());
            }
            Optional<X509Certificate> issuer = path.size() < offered.size()
                    ? Optional.of(offered.get(path.size()))
                    : authorities.intermediates(certificate.getIssuerX500Principal()).stream()
                            .filter(known -> !path.contains(known))
                            .filter(issued)
                            .findFirst();
            if (issuer.isEmpty()) {
                break;
            }
            next = issuer.get();
        }
        throw new CertificateRefusedException(
                Reason.UNTRUSTED, offered.get(0), "no trusted authority issued it, or one of its issuers");
    }

    X509Certificate leaf() {
        return certificates.get(0);
    }

    X509Certificate issuerOf(int index) {
        return index + 1 < certificates.size() ? certificates.get(index + 1) : anchor;
    }

    static boolean signs(X509Certificate issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
