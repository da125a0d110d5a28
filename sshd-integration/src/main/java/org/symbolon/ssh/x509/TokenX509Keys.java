package org.symbolon.ssh.x509;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenSshKey;
import org.symbolon.ssh.TokenSshKeys;

/**
 * The keys of a token that have an X.509 certificate in the same token, of their own public key; each with the chain of issuers
 * that the token holds. Follows the token's changes, so that a renewed certificate is shown without a restart.
 *
 * <p>Of several certificates of a key the one that ends last is used, of those that are valid now. Thread-safe; {@link #keys}
 * waits for nothing.
 */
public final class TokenX509Keys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenX509Keys.class);

    private final TokenSshKeys keys;
    private final TokenCertificates certificates;
    private final Optional<Path> ocspFile;
    private volatile @Nullable Known last;

    /** A key and the chain that it is shown with. */
    public record X509Key(TokenSshKey key, X509KeyBlob blob) {}

    private record Known(
            List<TokenSshKey> keys,
            TokenCertificates.Snapshot certificates,
            Bytes ocsp,
            Instant until,
            List<X509Key> pairs) {}

    private TokenX509Keys(TokenSshKeys keys, TokenCertificates certificates, Optional<Path> ocspFile) {
        this.keys = keys;
        this.certificates = certificates;
        this.ocspFile = ocspFile;
    }

    /**
     * Joins keys with certificates.
     *
     * @param keys the keys; closed with this object
     * @param session a session with the same token, to read certificates with; it stays the caller's, open for longer than this
     * @return the keys with certificates, to be closed
     * @throws TokenException if the token cannot be read
     */
    public static TokenX509Keys of(TokenSshKeys keys, Session session) throws TokenException {
        return new TokenX509Keys(keys, TokenCertificates.in(session), Optional.empty());
    }

    /**
     * Joins keys with certificates, and sends an OCSP response with them (RFC 6187 section 2.1), so that peers need not ask.
     *
     * @param keys the keys; closed with this object
     * @param session a session with the same token, to read certificates with; it stays the caller's, open for longer than this
     * @param ocspFile a file with a DER OCSP response, which something else keeps new; left out while it is missing or malformed
     * @return the keys with certificates, to be closed
     * @throws TokenException if the token cannot be read
     */
    public static TokenX509Keys stapling(TokenSshKeys keys, Session session, Path ocspFile) throws TokenException {
        return new TokenX509Keys(keys, TokenCertificates.in(session), Optional.of(ocspFile));
    }

    /**
     * The keys that have a certificate that is valid now.
     *
     * @return an unmodifiable list
     */
    public List<X509Key> keys() {
        List<TokenSshKey> keysNow = keys.keys();
        TokenCertificates.Snapshot certificatesNow = certificates.last();
        Bytes ocsp = ocsp();
        Instant now = Instant.now();
        Known known = last;
        if (known == null
                || !known.keys().equals(keysNow)
                || !known.certificates().equals(certificatesNow)
                || !known.ocsp().equals(ocsp)
                || now.isAfter(known.until())) {
            List<X509Key> pairs = pairs(keysNow, certificatesNow.certificates(), ocsp, now);
            known = new Known(keysNow, certificatesNow, ocsp, now.plusSeconds(60), pairs);
            last = known;
        }
        return known.pairs();
    }

    /** Ends to follow the token. Idempotent. */
    @Override
    public void close() {
        keys.close();
        certificates.close();
    }

    private static List<X509Key> pairs(
            List<TokenSshKey> keys, List<TokenCertificates.Held> held, Bytes ocsp, Instant now) {
        List<X509Key> pairs = new ArrayList<>();
        for (TokenSshKey key : keys) {
            Optional<X509Certificate> leaf = held.stream()
                    .map(TokenCertificates.Held::certificate)
                    .filter(certificate -> isOf(certificate, key) && isValid(certificate, now))
                    .max(Comparator.comparing(X509Certificate::getNotAfter));
            if (leaf.isPresent()) {
                pair(key, chain(leaf.get(), held), ocsp).ifPresent(pairs::add);
            }
        }
        return List.copyOf(pairs);
    }

    private static Optional<X509Key> pair(TokenSshKey key, List<X509Certificate> chain, Bytes ocsp) {
        try {
            X509KeyBlob blob = X509KeyBlob.of(chain, ocsp.isEmpty() ? List.of() : List.of(ocsp));
            return Optional.of(new X509Key(key, blob));
        } catch (SshFormatException e) {
            LOG.warn("{}: not offered with {}: {}", key, CertificateText.of(chain.get(0)), e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isOf(X509Certificate certificate, TokenSshKey key) {
        try {
            return SshPublicKey.of(certificate.getPublicKey()).equals(key.publicKey());
        } catch (SshFormatException e) {
            return false;
        }
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    /** The leaf and those of its issuers that the token holds. */
    private static List<X509Certificate> chain(X509Certificate leaf, List<TokenCertificates.Held> held) {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
        while (chain.size() < X509KeyBlob.MAX_CERTIFICATES) {
            X509Certificate top = chain.get(chain.size() - 1);
            Optional<X509Certificate> issuer = held.stream()
                    .map(TokenCertificates.Held::certificate)
                    .filter(each -> each.getSubjectX500Principal().equals(top.getIssuerX500Principal()))
                    .filter(each -> Authorities.isAuthority(each) && !chain.contains(each))
                    .filter(each -> CertificationPath.signs(each, top))
                    .findFirst();
            if (issuer.isEmpty()) {
                break;
            }
            chain.add(issuer.get());
        }
        return chain;
    }

    private Bytes ocsp() {
        if (ocspFile.isEmpty()) {
            return Bytes.of();
        }
        try {
            Path file = ocspFile.get();
            byte[] response = Files.size(file) > OcspResponse.MAX_BYTES ? new byte[0] : Files.readAllBytes(file);
            OcspResponse.parse(response);
            return Bytes.of(response);
        } catch (IOException | SshFormatException e) {
            LOG.debug("No OCSP response to send: {}", e.getMessage());
            return Bytes.of();
        }
    }
}
