package org.symbolon.remote.transport;

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
import org.symbolon.config.SecretReference;

/**
 * Whom an end of TLS trusts, and who it is.
 *
 * @param context what makes its sockets
 * @param certificateEnd when its own certificate ends
 * @param authorityEnd when the first certificate of those whom it trusts ends
 * @param revocationEnd when the first list of revoked certificates is to be followed by another, if it has lists
 */
public record TlsMaterial(
        SSLContext context, Instant certificateEnd, Instant authorityEnd, Optional<Instant> revocationEnd) {
    /**
     * Returns the context of an end.
     *
     * @param trust the file with the certificates, in PEM, of the authorities whom it trusts; empty for the JVM's own
     * @param keyStore the PKCS #12 file with its own key and certificate, if it has one
     * @param password where the file's password is
     * @return the context
     * @throws TokenException if a file cannot be read or does not hold what it should
     */
    public static SSLContext context(
            Optional<String> trust, Optional<String> keyStore, Optional<SecretReference> password)
            throws TokenException {
        try {
            return context(
                    keyStore.isPresent()
                            ? Own.read(Path.of(keyStore.get()), password).managers()
                            : null,
                    trust.isPresent() ? trusting(authorities(Path.of(trust.get()))) : null);
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Reads what a server has.
     *
     * @param keyStore the PKCS #12 file with its key and certificate
     * @param password where the file's password is
     * @param trust the file with the certificates, in PEM, of the authorities whose clients it lets in
     * @param revoked the file with the authorities' lists of revoked certificates; with it, each client's authority must have one
     * @return what it has
     * @throws TokenException if a file cannot be read or does not hold what it should
     */
    public static TlsMaterial ofServer(Path keyStore, SecretReference password, Path trust, Optional<Path> revoked)
            throws TokenException {
        try {
            Own own = Own.read(keyStore, Optional.of(password));
            KeyStore authorities = authorities(trust);
            Collection<? extends CRL> lists = revoked.isPresent() ? lists(revoked.get()) : Collections.emptyList();
            return new TlsMaterial(
                    context(own.managers(), lists.isEmpty() ? trusting(authorities) : trusting(authorities, lists)),
                    own.end(keyStore),
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
        static Own read(Path file, Optional<SecretReference> password)
                throws GeneralSecurityException, IOException, ConfigurationException {
            char @Nullable [] secret = password.isPresent() ? secret(password.get()) : null;
            try (InputStream in = Files.newInputStream(file)) {
                KeyStore keys = KeyStore.getInstance("PKCS12");
                keys.load(in, secret);
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

        private static char[] secret(SecretReference reference) throws ConfigurationException {
            try (Pin pin = reference.read()) {
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
