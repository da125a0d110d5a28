package org.symbolon.jca;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes a chain from other certificates: by name, by key identifier, and by the signature itself. */
final class CertificateChain {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateChain.class);
    private static final int MAX_LENGTH = 16;
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int KEY_IDENTIFIER = 0x80;

    private CertificateChain() {}

    /** Returns the chain from a leaf as far as the candidates have it, the first that fits. */
    static List<X509Certificate> of(X509Certificate leaf, List<X509Certificate> candidates) {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
        Optional<X509Certificate> next = issuer(leaf, candidates);
        while (next.isPresent() && !chain.contains(next.get()) && chain.size() < MAX_LENGTH) {
            chain.add(next.get());
            next = issuer(next.get(), candidates);
        }
        return List.copyOf(chain);
    }

    private static Optional<X509Certificate> issuer(X509Certificate of, List<X509Certificate> candidates) {
        if (of.getIssuerX500Principal().equals(of.getSubjectX500Principal())) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(candidate -> candidate.getSubjectX500Principal().equals(of.getIssuerX500Principal())
                        && identifiersFit(of, candidate)
                        && hasSigned(candidate, of))
                .findFirst();
    }

    private static boolean identifiersFit(X509Certificate of, X509Certificate issuer) {
        byte[] authority = authorityKeyIdentifier(of.getExtensionValue(AUTHORITY_KEY_IDENTIFIER));
        byte[] subject = content(content(issuer.getExtensionValue(SUBJECT_KEY_IDENTIFIER), OCTET_STRING), OCTET_STRING);
        return authority == null || subject == null || Arrays.equals(authority, subject);
    }

    private static boolean hasSigned(X509Certificate issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            LOG.debug(
                    "A certificate of {} has not signed that of {}: {}",
                    issuer.getSubjectX500Principal(),
                    certificate.getSubjectX500Principal(),
                    e.getMessage());
            return false;
        }
    }

    private static byte @Nullable [] authorityKeyIdentifier(byte @Nullable [] extension) {
        return content(content(content(extension, OCTET_STRING), SEQUENCE), KEY_IDENTIFIER);
    }

    /** Returns the content of a DER value that begins these bytes, if it has this tag and a short length. */
    private static byte @Nullable [] content(byte @Nullable [] der, int tag) {
        if (der == null || der.length < 2 || (der[0] & 0xFF) != tag) {
            return null;
        }
        int length = der[1] & 0xFF;
        int header = 2;
        if (length == 0x81 && der.length > 2) {
            length = der[2] & 0xFF;
            header = 3;
        }
        return (length >= 0x80 && header == 2) || der.length < header + length
                ? null
                : Arrays.copyOfRange(der, header, header + length);
    }
}
