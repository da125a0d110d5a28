package org.symbolon.ssh.x509;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/**
 * Trusted authorities, certificates between them and what they sign, and lists of revoked certificates. Immutable.
 *
 * <p>Only certificates of authorities are taken: a leaf is no anchor.
 */
public final class Authorities {
    private final Map<X500Principal, List<X509Certificate>> anchors;
    private final Map<X500Principal, List<X509Certificate>> intermediates;
    private final Map<X500Principal, List<X509CRL>> revoked;

    private Authorities(
            Map<X500Principal, List<X509Certificate>> anchors,
            Map<X500Principal, List<X509Certificate>> intermediates,
            Map<X500Principal, List<X509CRL>> revoked) {
        this.anchors = anchors;
        this.intermediates = intermediates;
        this.revoked = revoked;
    }

    /**
     * Sorts certificates and lists.
     *
     * @param anchors whom to trust; certificates that are not an authority's are left out
     * @param intermediates authorities that are trusted only under an anchor
     * @param lists CRLs, of any issuer
     * @return the authorities
     */
    public static Authorities of(
            Collection<X509Certificate> anchors, Collection<X509Certificate> intermediates, Collection<X509CRL> lists) {
        Map<X500Principal, List<X509CRL>> revoked = new HashMap<>();
        lists.forEach(list -> revoked.computeIfAbsent(list.getIssuerX500Principal(), name -> new ArrayList<>())
                .add(list));
        return new Authorities(bySubject(anchors), bySubject(intermediates), revoked);
    }

    /**
     * Whether nobody is trusted.
     *
     * @return true without a single anchor
     */
    public boolean isEmpty() {
        return anchors.isEmpty();
    }

    /**
     * How many anchors there are.
     *
     * @return 0 or more
     */
    public int size() {
        return anchors.values().stream().mapToInt(List::size).sum();
    }

    /** These and others. */
    Authorities and(Authorities other) {
        return new Authorities(
                both(anchors, other.anchors), both(intermediates, other.intermediates), both(revoked, other.revoked));
    }

    /**
     * Whether a certificate is that of an authority, which may sign others. Those before version 3 cannot tell: of them only
     * roots are, or a user's, as many tools make it without extensions, would be one.
     */
    static boolean isAuthority(X509Certificate certificate) {
        return certificate.getVersion() < 3
                ? certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                : certificate.getBasicConstraints() >= 0;
    }

    List<X509Certificate> anchors(X500Principal name) {
        return anchors.getOrDefault(name, List.of());
    }

    List<X509Certificate> intermediates(X500Principal name) {
        return intermediates.getOrDefault(name, List.of());
    }

    List<X509CRL> lists(X500Principal issuer) {
        return revoked.getOrDefault(issuer, List.of());
    }

    private static <T> Map<X500Principal, List<T>> both(
            Map<X500Principal, List<T>> first, Map<X500Principal, List<T>> second) {
        Map<X500Principal, List<T>> both = new HashMap<>();
        List.of(first, second)
                .forEach(map -> map.forEach((name, all) ->
                        both.computeIfAbsent(name, same -> new ArrayList<>()).addAll(all)));
        return both;
    }

    private static Map<X500Principal, List<X509Certificate>> bySubject(Collection<X509Certificate> certificates) {
        Map<X500Principal, List<X509Certificate>> sorted = new HashMap<>();
        certificates.stream()
                .filter(Authorities::isAuthority)
                .forEach(certificate -> sorted.computeIfAbsent(
                                certificate.getSubjectX500Principal(), name -> new ArrayList<>())
                        .add(certificate));
        return sorted;
    }
}
