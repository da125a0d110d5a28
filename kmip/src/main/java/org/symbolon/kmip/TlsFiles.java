package org.symbolon.kmip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.symbolon.Pin;

/** Whom a client trusts and who it is, from files. */
final class TlsFiles {
    private TlsFiles() {}

    /** A PKCS #12 file and what opens it. */
    record ClientKey(Path file, Pin password) {}

    static SSLContext context(Optional<Path> trust, Optional<ClientKey> key)
            throws GeneralSecurityException, IOException {
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trust.isPresent() ? authorities(trust.get()) : null);
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (key.isPresent()) {
            load(own, key.get());
        } else {
            own.init(null, null);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static KeyStore authorities(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IOException(file + " holds no certificate");
            }
            int number = 0;
            for (Certificate certificate : found) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
        }
        return store;
    }

    private static void load(KeyManagerFactory factory, ClientKey key) throws GeneralSecurityException, IOException {
        char[] password = key.password.toChars();
        try (InputStream in = Files.newInputStream(key.file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            factory.init(store, password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
