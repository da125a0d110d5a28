package org.symbolon.remote.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Optional;
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

/** Whom an end of TLS trusts, and who it is. */
public final class TlsMaterial {
    private TlsMaterial() {}

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
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keyStore.isPresent() ? keys(Path.of(keyStore.get()), password) : null,
                    trust.isPresent() ? trusted(Path.of(trust.get())) : null,
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new TokenUnavailableException(
                    Status.ckr("CKR_DEVICE_ERROR"), "TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static TrustManager[] trusted(Path file) throws GeneralSecurityException, IOException {
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
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(Path file, Optional<SecretReference> password)
            throws GeneralSecurityException, IOException, ConfigurationException {
        char @Nullable [] secret = password.isPresent() ? secret(password.get()) : null;
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, secret);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, secret);
            return factory.getKeyManagers();
        } finally {
            if (secret != null) {
                Arrays.fill(secret, '\0');
            }
        }
    }

    private static char[] secret(SecretReference reference) throws ConfigurationException {
        try (Pin pin = reference.read()) {
            return pin.toChars();
        }
    }
}
