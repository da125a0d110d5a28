package org.symbolon.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.Optional;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.config.ConfigurationException;

/**
 * Whom an end of TLS trusts, and who it is.
 *
 * @param context what makes its sockets
 * @param certificateEnd when its own certificate ends; {@link Instant#MAX} if it has none
 * @param authorityEnd when the first certificate of those whom it trusts ends; {@link Instant#MAX} if they are the JVM's own
 * @param revocationEnd when the first list of revoked certificates is to be followed by another, if it has lists
 */
public record TlsMaterial(
        SSLContext context, Instant certificateEnd, Instant authorityEnd, Optional<Instant> revocationEnd) {
    /**
     * Reads what a client has.
     *
     * @param trust the file with the certificates, in PEM, of the authorities whom it trusts; empty for the JVM's own
     * @param key its own key and certificate, if it has one
     * @return what it has
     * @throws TokenException if a file cannot be read or does not hold what it should
     */
    public static TlsMaterial ofClient(Optional<Path> trust, Optional<OwnKey> key) throws TokenException {
        try {
            Optional<KeyStore> authorities =
                    trust.isPresent() ? Optional.of(authorities(trust.get())) : Optional.empty();
            Own own = key.isPresent() ? Own.read(key.get()) : null;
            return new TlsMaterial(
                    context(
                            own == null ? null : own.managers(),
                            authorities.isPresent() ? trusting(authorities.get()) : null),
                    own == null ? Instant.MAX : own.end(key.get().file()),
                    authorities.isPresent() ? earliestEnd(authorities.get()) : Instant.MAX,
                    Optional.empty());
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Reads what a server has.
     *
     * @param key its key and certificate
     * @param trust the file with the certificates, in PEM, of the authorities whose clients it lets in
     * @param revoked the file with the authorities' lists of revoked certificates; with it, each client's authority must have one
     * @return what it has
     * @throws TokenException if a file cannot be read or does not hold what it should
     */
    public static TlsMaterial ofServer(OwnKey key, Path trust, Optional<Path> revoked) throws TokenException {
        try {
            Own own = Own.read(key);
            KeyStore authorities = authorities(trust);
            Collection<? extends CRL> lists = revoked.isPresent() ? lists(revoked.get()) : Collections.emptyList();
            return new TlsMaterial(
                    context(own.managers(), lists.isEmpty() ? trusting(authorities) : trusting(authorities, lists)),
                    own.end(key.file()),
                    earliestEnd(authorities),
                    lists.stream()
                            .map(list -> nextUpdate((X509CRL) list))
                            .flatMap(Optional::stream)
                            .min(Instant::compareTo));
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(e);
        }
    }

    private static TokenException unusable(Exception e) {
        return new TokenUnavailableException(
                Status.ckr("CKR_DEVICE_ERROR"), "TLS cannot be set up: " + e.getMessage(), e);
    }

    private static SSLContext context(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return context;
    }

    // ---- whom it trusts

    private static KeyStore authorities(Path file) throws GeneralSecurityException, IOException {
        KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                authorities.setCertificateEntry("authority " + count++, certificate);
            }
            if (count == 0) {
                throw new IOException(file + " holds no certificate");
            }
        }
        return authorities;
    }

    private static Collection<? extends CRL> lists(Path file) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends CRL> lists =
                    CertificateFactory.getInstance("X.509").generateCRLs(in);
            if (lists.isEmpty()) {
                throw new IOException(file + " holds no list of revoked certificates");
            }
            return lists;
        }
    }

    private static TrustManager[] trusting(KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return factory.getTrustManagers();
    }

    private static TrustManager[] trusting(KeyStore authorities, Collection<? extends CRL> lists)
            throws GeneralSecurityException {
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(authorities, new X509CertSelector());
        parameters.setRevocationEnabled(true);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory.getTrustManagers();
    }

    private static Instant earliestEnd(KeyStore certificates) throws GeneralSecurityException {
        Instant earliest = Instant.MAX;
        for (String alias : Collections.list(certificates.aliases())) {
            Instant end = ((X509Certificate) certificates.getCertificate(alias))
                    .getNotAfter()
                    .toInstant();
            earliest = end.isBefore(earliest) ? end : earliest;
        }
        return earliest;
    }

    private static Optional<Instant> nextUpdate(X509CRL list) {
        return Optional.ofNullable(list.getNextUpdate()).map(Date::toInstant);
    }

    // ---- who it is

    /** An end's own keys. */
    private record Own(KeyStore store, KeyManagerFactory factory) {
        static Own read(OwnKey key) throws GeneralSecurityException, IOException {
            char @Nullable [] secret =
                    key.password().isPresent() ? secret(key.password().get()) : null;
            try {
                KeyStore keys = KeyEntry.read(key, secret);
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(keys, secret);
                return new Own(keys, factory);
            } finally {
                if (secret != null) {
                    Arrays.fill(secret, '\0');
                }
            }
        }

        KeyManager[] managers() {
            return factory.getKeyManagers();
        }

        private static char[] secret(OwnKey.Password password) throws ConfigurationException {
            try (Pin pin = password.read()) {
                return pin.toChars();
            }
        }

        /** Returns when the first of the certificates ends that belong to a key. */
        Instant end(Path file) throws GeneralSecurityException, IOException {
            Instant earliest = Instant.MAX;
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    Instant end = certificate.getNotAfter().toInstant();
                    earliest = end.isBefore(earliest) ? end : earliest;
                }
            }
            if (earliest.equals(Instant.MAX)) {
                throw new IOException(file + " holds no key with a certificate");
            }
            return earliest;
        }
    }
}
