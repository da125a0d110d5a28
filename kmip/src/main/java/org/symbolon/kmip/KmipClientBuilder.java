package org.symbolon.kmip;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.SecretBytes;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.object.Device;
import org.symbolon.kmip.object.UsernameAndPassword;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.TtlvLimits;

/** Makes a {@link KmipClient}. For one thread. */
public final class KmipClientBuilder {
    private static final int DEFAULT_PORT = 5696;
    private static final int MAX_PORT = 65535;
    private static final int MOST_CONNECTIONS = 1024;

    private final String host;
    private final List<Credential> credentials = new ArrayList<>();
    private int port = DEFAULT_PORT;
    private Optional<Path> trust = Optional.empty();
    private Optional<TlsFiles.ClientKey> clientKey = Optional.empty();
    private @Nullable SSLContext tls;
    private Optional<KmipVersion> version = Optional.empty();
    private TtlvLimits limits = TtlvLimits.DEFAULT;
    private Duration idleLimit = Duration.ofSeconds(20);
    private int maxConnections = 8;

    Duration timeout = Duration.ofSeconds(10);

    KmipClientBuilder(String host) {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host is empty; it is the server's name or address");
        }
        this.host = host;
    }

    /**
     * Sets the port.
     *
     * @param number 1 to 65535; 5696 where it is not set
     * @return this builder
     */
    public KmipClientBuilder port(int number) {
        check("port", number, MAX_PORT);
        port = number;
        return this;
    }

    /**
     * Sets whom the client trusts.
     *
     * @param file certificates of authorities in PEM; the JVM's own where it is not set
     * @return this builder
     */
    public KmipClientBuilder trust(Path file) {
        trust = Optional.of(file);
        return this;
    }

    /**
     * Sets who the client is.
     *
     * @param file a PKCS #12 file with its key and certificate
     * @param password what opens the file; read by {@link #open()}, then the caller may close it
     * @return this builder
     */
    public KmipClientBuilder clientKey(Path file, Pin password) {
        clientKey = Optional.of(new TlsFiles.ClientKey(file, password));
        return this;
    }

    /**
     * Sets TLS as a whole, instead of {@link #trust} and {@link #clientKey}: for keys that live in a token. The server's name is
     * checked nevertheless.
     *
     * @param context whom the client trusts, and who it is
     * @return this builder
     */
    public KmipClientBuilder tls(SSLContext context) {
        tls = context;
        return this;
    }

    /**
     * Shows a user's name and password with each request, beside the client's certificate.
     *
     * @param username who
     * @param password the password; copied, the copy is wiped when the client is closed
     * @return this builder
     */
    public KmipClientBuilder username(String username, Pin password) {
        return credential(UsernameAndPassword.of(username, password));
    }

    /**
     * Shows a credential with each request, beside the client's certificate. KMIP 1.2 and later take more than one.
     *
     * @param credential such as a {@link Device}; secrets in it belong to the client, which wipes them when it is closed
     * @return this builder
     */
    public KmipClientBuilder credential(Credential credential) {
        credentials.add(credential);
        return this;
    }

    /**
     * Sets the version instead of agreeing on one: for servers that cannot.
     *
     * @param pinned 1.0 to 2.1
     * @return this builder
     */
    public KmipClientBuilder version(KmipVersion pinned) {
        if (!KmipVersion.SUPPORTED.contains(pinned)) {
            throw new IllegalArgumentException("version is " + pinned + "; it is one of " + KmipVersion.SUPPORTED);
        }
        version = Optional.of(pinned);
        return this;
    }

    /**
     * Sets how long a call blocks at most, connecting included.
     *
     * @param duration more than zero; 10 seconds where it is not set
     * @return this builder
     */
    public KmipClientBuilder timeout(Duration duration) {
        timeout = positive("timeout", duration);
        return this;
    }

    /**
     * Sets how long a connection may idle before it is replaced.
     *
     * @param duration more than zero, and less than the server's own limit; 20 seconds where it is not set
     * @return this builder
     */
    public KmipClientBuilder idleLimit(Duration duration) {
        idleLimit = positive("idleLimit", duration);
        return this;
    }

    /**
     * Sets how many connections are open at most.
     *
     * @param count 1 to 1024; 8 where it is not set
     * @return this builder
     */
    public KmipClientBuilder maxConnections(int count) {
        check("maxConnections", count, MOST_CONNECTIONS);
        maxConnections = count;
        return this;
    }

    /**
     * Sets how long a response may be.
     *
     * @param bytes 8 to 16 MiB; 1 MiB where it is not set
     * @return this builder
     */
    public KmipClientBuilder maxResponseBytes(int bytes) {
        limits = limits.withMaxBytes(bytes);
        return this;
    }

    /**
     * Makes the client. Nothing is sent before its first call.
     *
     * @return the client
     * @throws GeneralSecurityException if the JVM cannot do TLS with what the files hold
     * @throws IOException if a file cannot be read, or does not hold what it should
     */
    public KmipClient open() throws GeneralSecurityException, IOException {
        SSLContext context = tls != null ? tls : TlsFiles.context(trust, clientKey);
        ServerAddress server = new ServerAddress(host, port, context.getSocketFactory());
        Connections connections = new Connections(server, limits, idleLimit, maxConnections);
        Exchange exchange = new Exchange(connections, List.copyOf(credentials), limits.maxBytes());
        return new KmipClient(this, connections, exchange, new VersionNegotiation(exchange, server, version));
    }

    void wipeCredentials() {
        for (Credential credential : credentials) {
            SecretBytes password = credential instanceof UsernameAndPassword user
                    ? user.password()
                    : credential instanceof Device device ? device.password() : null;
            if (password != null) {
                password.close();
            }
        }
    }

    private static void check(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; it is 1 to " + most);
        }
    }

    private static Duration positive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + " is " + duration + "; it is more than zero");
        }
        return duration;
    }
}
