package org.symbolon.kmip.server;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which name of a certificate its owner is called by. */
public enum CertificateName {
    /** The whole subject (RFC 2253), such as {@code CN=alice,O=Example}: unambiguous among several authorities' clients. */
    SUBJECT,
    /** The subject's one CN. */
    COMMON_NAME,
    /** The first mail address of the Subject Alternative Names (RFC 5280 section 4.2.1.6). */
    EMAIL,
    /** The first DNS name of the Subject Alternative Names. */
    DNS,
    /** The first URI of the Subject Alternative Names, such as a SPIFFE id. */
    URI;

    private static final Pattern COMMON = Pattern.compile("(?:^|[,+])CN=((?:[^,+\\\\]|\\\\.)*)"); // in RFC 2253
    private static final int RFC822_NAME = 1; // GeneralName in RFC 5280
    private static final int DNS_NAME = 2;
    private static final int URI_NAME = 6;

    /**
     * Returns a certificate's name.
     *
     * @param certificate the certificate
     * @return its name of this kind; empty if it has none
     */
    public Optional<String> of(X509Certificate certificate) {
        Optional<String> name = switch (this) {
            case SUBJECT -> Optional.of(certificate.getSubjectX500Principal().getName());
            case COMMON_NAME -> commonName(certificate);
            case EMAIL -> alternative(certificate, RFC822_NAME);
            case DNS -> alternative(certificate, DNS_NAME);
            case URI -> alternative(certificate, URI_NAME);
        };
        return name.filter(text -> !text.isEmpty() && text.length() <= KmipIdentity.MAX_NAME);
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        List<String> names = COMMON.matcher(
                        certificate.getSubjectX500Principal().getName())
                .results()
                .map(found -> found.group(1).replaceAll("\\\\(.)", "$1"))
                .toList();
        return names.size() == 1 && !names.get(0).startsWith("#")
                ? Optional.of(names.get(0))
                : Optional.empty(); // of two, which would it be?
    }

    private static Optional<String> alternative(X509Certificate certificate, int kind) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Optional.empty()
                    : names.stream()
                            .filter(name -> name.get(0).equals(kind))
                            .map(name -> (String) name.get(1))
                            .findFirst();
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException("the certificate's alternative names are malformed", e);
        }
    }
}
