package org.symbolon.kmip.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.ValidationInformation;
import org.symbolon.kmip.ttlv.TtlvLimits;
import org.symbolon.serve.ClientTimes;
import org.symbolon.serve.Clients;
import org.symbolon.serve.TlsFiles;
import org.symbolon.serve.TlsKeys;
import org.symbolon.serve.TlsListener;

/** Collects what a {@link KmipServer} serves and where. Not thread-safe. */
public final class KmipServerBuilder {
    private static final Duration SILENCE = Duration.ofMinutes(5);

    final KmipSessions sessions;
    private @Nullable Place place;
    private boolean certificateRequired = true;
    KmipAuthenticator authenticator = KmipAuthenticator.certificates(CertificateName.SUBJECT);
    KmipAccess access = KmipAccess.ofDefaults();
    Semantics semantics = Semantics.DEFAULT;
    boolean openQueries = true;
    Optional<String> https = Optional.of("/kmip");
    TtlvLimits limits = TtlvLimits.DEFAULT;
    int maxClients = Clients.DEFAULT_MAX;
    ClientTimes times = ClientTimes.DEFAULT.withSilence(SILENCE);
    Duration drain = Duration.ofSeconds(10);
    Optional<InetSocketAddress> monitoring = Optional.empty();

    KmipServerBuilder(KmipSessions sessions) {
        this.sessions = sessions;
    }

    /** Where the server listens, which is opened when it starts. */
    @FunctionalInterface
    private interface Place {
        TlsListener open(boolean certificateRequired) throws IOException;
    }

    /**
     * Listens on a TCP port with TLS 1.3 or 1.2.
     *
     * @param where the address; port 0 takes one that is free, which {@link KmipServer#address} tells
     * @param keys the server's key and certificate, and the authorities whose clients are let in
     * @return this builder
     */
    public KmipServerBuilder tls(InetSocketAddress where, SSLContext keys) {
        place = required -> TlsListener.open(where, TlsKeys.fixed(keys), required);
        return this;
    }

    /**
     * Listens on a TCP port with TLS, with keys and certificates in files, which are read again when they change.
     *
     * @param where the address
     * @param files the files
     * @return this builder
     */
    public KmipServerBuilder tls(InetSocketAddress where, TlsFiles files) {
        place = required -> TlsListener.open(where, files, required);
        return this;
    }

    /**
     * Listens with TLS on a TCP port that is bound already.
     *
     * @param socket the port, in blocking mode; closed with the server
     * @param files the files with keys and certificates
     * @return this builder
     */
    public KmipServerBuilder tls(ServerSocketChannel socket, TlsFiles files) {
        place = required -> TlsListener.on(socket, files, required);
        return this;
    }

    /**
     * Lets clients in that show no certificate: then an authenticator tells them by their credentials.
     *
     * @return this builder
     */
    public KmipServerBuilder certificateOptional() {
        certificateRequired = false;
        return this;
    }

    /**
     * Sets what tells who a client is.
     *
     * @param who the authenticator; by the subject of the certificate, without credentials, unless set
     * @return this builder
     */
    public KmipServerBuilder authenticator(KmipAuthenticator who) {
        authenticator = who;
        return this;
    }

    /**
     * Sets which objects identities see.
     *
     * @param rule the rule; their own, public keys and certificates, and those that nobody owns, unless set
     * @return this builder
     */
    public KmipServerBuilder access(KmipAccess rule) {
        access = rule;
        return this;
    }

    /**
     * Lets clients have certificates made: Certify and Re-certify (KMIP 2.1 section 6.1). Without it they are refused.
     *
     * @param label the label of the authority's private key and of its own certificate, in the token
     * @return this
     */
    public KmipServerBuilder certificateAuthority(String label) {
        semantics = semantics.withAuthority(label);
        return this;
    }

    /**
     * Sets how long the attributes of destroyed objects are kept.
     *
     * @param time zero or more; 30 days unless set
     * @return this builder
     */
    public KmipServerBuilder keepDestroyed(Duration time) {
        semantics = semantics.withKeepDestroyed(notNegative("keepDestroyed", time));
        return this;
    }

    /**
     * Sets how long clients may keep what they got before they ask again: Lease Time (KMIP 2.1 section 4.27).
     *
     * @param time zero for leases without an end, or more; an hour unless set
     * @return this builder
     */
    public KmipServerBuilder leaseTime(Duration time) {
        semantics = semantics.withLeaseTime(notNegative("leaseTime", time));
        return this;
    }

    /**
     * Says whether two objects that are not destroyed may not have the same Name (KMIP 2.1 section 4.33).
     *
     * @param unique whether a Name that another object has is refused; yes unless set
     * @return this builder
     */
    public KmipServerBuilder uniqueNames(boolean unique) {
        semantics = semantics.withUniqueNames(unique);
        return this;
    }

    /**
     * Adds what an authority has validated, of the token or of what runs the server, for Query (KMIP 2.1 section 6.1.37).
     *
     * @param validation what, by whom and with which certificate
     * @return this builder
     */
    public KmipServerBuilder validation(ValidationInformation validation) {
        semantics = semantics.withValidation(validation);
        return this;
    }

    private static Duration notNegative(String name, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(name + " is zero or more, not " + time);
        }
        return time;
    }

    /**
     * Says whether Discover Versions and Query are answered to whom the authenticator does not know.
     *
     * @param open whether they are; yes unless set
     * @return this builder
     */
    public KmipServerBuilder openQueries(boolean open) {
        openQueries = open;
        return this;
    }

    /**
     * Sets where HTTP requests are sent to.
     *
     * @param path the target of the POST, {@code /kmip} unless set
     * @return this builder
     * @throws IllegalArgumentException if it does not begin with a slash
     */
    public KmipServerBuilder https(String path) {
        if (!path.matches("/[\\x21-\\x7e]{0,255}")) {
            throw new IllegalArgumentException("a path begins with / and has at most 256 characters of ASCII");
        }
        https = Optional.of(path);
        return this;
    }

    /**
     * Serves TTLV without HTTP alone.
     *
     * @return this builder
     */
    public KmipServerBuilder withoutHttps() {
        https = Optional.empty();
        return this;
    }

    /**
     * Answers {@code /metrics} and {@code /health} over HTTP, without TLS and to everybody who can connect.
     *
     * @param where the address; port 0 takes one that is free, which {@link KmipServer#monitoringAddress} tells
     * @return this builder
     */
    public KmipServerBuilder monitoring(InetSocketAddress where) {
        monitoring = Optional.of(where);
        return this;
    }

    /**
     * Sets how many clients may be connected at a time; those above are closed at once.
     *
     * @param clients 1 to 65536; 1024 unless set
     * @return this builder
     */
    public KmipServerBuilder maxClients(int clients) {
        maxClients = Clients.requireMax(clients);
        return this;
    }

    /**
     * Sets how long a request may be.
     *
     * @param bytes 8 to 16 MiB; 1 MiB unless set
     * @return this builder
     */
    public KmipServerBuilder maxRequestBytes(int bytes) {
        limits = limits.withMaxBytes(bytes);
        return this;
    }

    /**
     * Sets for how long a client may say nothing before it is cut off.
     *
     * @param time more than zero; five minutes unless set
     * @return this builder
     */
    public KmipServerBuilder idle(Duration time) {
        times = times.withSilence(time);
        return this;
    }

    /**
     * Sets how long a request may take to arrive once it has begun, and a response to be taken; whoever is slower is cut off.
     *
     * @param time more than zero; 30 seconds unless set
     * @return this builder
     */
    public KmipServerBuilder requestTimeout(Duration time) {
        times = times.withMessage(time);
        return this;
    }

    /**
     * Sets how long closing waits for requests that run.
     *
     * @param time zero or more; ten seconds unless set
     * @return this builder
     */
    public KmipServerBuilder drain(Duration time) {
        drain = Clients.requireDrain(time);
        return this;
    }

    /**
     * Starts the server.
     *
     * @return the server, listening
     * @throws IOException if it cannot listen there
     * @throws IllegalStateException if no address was given
     */
    public KmipServer start() throws IOException {
        if (place == null) {
            throw new IllegalStateException("say where to listen, with tls(address, context)");
        }
        TlsListener listener = place.open(certificateRequired);
        boolean good = false;
        try {
            KmipServer server = new KmipServer(this, listener);
            good = true;
            return server;
        } finally {
            if (!good) {
                listener.close();
            }
        }
    }
}
