package org.symbolon.kmip.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.symbolon.Session;
import org.symbolon.kmip.object.ValidationInformation;
import org.symbolon.kmip.ttlv.TtlvLimits;
import org.symbolon.serve.ClientTimes;
import org.symbolon.serve.Clients;
import org.symbolon.serve.Monitored;
import org.symbolon.serve.MonitoringPort;
import org.symbolon.serve.PrometheusText;
import org.symbolon.serve.ServerHealth;
import org.symbolon.serve.TlsFiles;
import org.symbolon.serve.TlsKeys;
import org.symbolon.serve.TlsListener;

/**
 * Serves a token to KMIP clients, of versions 1.0 to 2.1: TTLV over TLS, usually at port 5696, and HTTPS on the same port, in TTLV, XML
 * and JSON (KMIP Profiles; KMIP Additional Message Encodings 1.0).
 *
 * <pre>{@code
 * try (Session session = token.open(Login.user(pin));
 *      KmipServer server = KmipServer.builder(session)
 *              .tls(new InetSocketAddress("kmip.example.com", 5696), context)
 *              .start()) {
 *     server.await();
 * }
 * }</pre>
 *
 * <p>A client is let in if it shows a certificate that the server trusts; its subject is who it is, unless the builder says otherwise
 * ({@link Builder#authenticator}). It sees the objects that it made, and others as {@link KmipAccess} says. A client that breaks the
 * protocol gets KMIP's error, and is cut off where no response is possible; one that is late to shake hands or in the middle of a request
 * is cut off too, each with a reason in the log.
 *
 * <p>Thread-safe. The session stays the caller's, who closes it after the server.
 */
public final class KmipServer implements AutoCloseable, Monitored {
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private final TlsListener listener;
    private final Clients clients;
    private final OperationCounts counts;
    private final TokenService service;
    private final Optional<MonitoringPort> monitoring;

    private KmipServer(Builder builder, TlsListener listener) throws IOException {
        Tickets tickets = new Tickets(Clock.systemUTC());
        this.service =
                new TokenService(builder.sessions, builder.access, Clock.systemUTC(), builder.semantics, tickets);
        RequestMachine machine = new RequestMachine(
                new Admission(builder.authenticator, builder.openQueries, tickets, service),
                Clock.systemUTC(),
                builder.limits);
        HttpDialogue http = new HttpDialogue(builder.https, machine, builder.limits);
        this.listener = listener;
        this.counts = machine.counts();
        this.clients = new Clients(
                (stream, refusals, mayWait) ->
                        new KmipConnection(stream, machine, builder.limits, http, builder.times, refusals, mayWait),
                "symbolon_kmip_",
                builder.maxClients,
                builder.drain);
        this.monitoring = builder.monitoring.isPresent()
                ? Optional.of(MonitoringPort.open(builder.monitoring.get(), this))
                : Optional.empty();
        clients.listen(listener);
    }

    /**
     * Returns a builder.
     *
     * @param session the objects that are served, and what may be done with them; stays the caller's
     * @return the builder
     */
    public static Builder builder(Session session) {
        return new Builder(identity -> session);
    }

    /**
     * Returns a builder of a server in which identities may have sessions of their own.
     *
     * @param sessions the sessions
     * @return the builder
     */
    public static Builder builder(KmipSessions sessions) {
        return new Builder(sessions);
    }

    /** {@return where the server listens} */
    public InetSocketAddress address() {
        return listener.socketAddress();
    }

    /** {@return where {@code /metrics} and {@code /health} are answered, if they are} */
    public Optional<InetSocketAddress> monitoringAddress() {
        return monitoring.map(MonitoringPort::address);
    }

    /** {@return how many clients are connected} */
    public int clients() {
        return clients.count();
    }

    @Override
    public void writeTo(PrometheusText text) {
        clients.writeTo(text);
        counts.writeTo(text);
    }

    @Override
    public ServerHealth health() {
        return new ServerHealth(clients.isClosed() ? List.of("the KMIP server ends") : List.of());
    }

    /**
     * Waits until the server is closed.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void await() throws InterruptedException {
        clients.awaitEnd();
    }

    /**
     * Stops listening, lets requests that run come to their end for as long as the builder said, and cuts every client off.
     * Idempotent, throws nothing.
     */
    @Override
    public void close() {
        clients.close(List.of(listener));
        service.close();
        monitoring.ifPresent(MonitoringPort::close);
    }

    /** Collects what is served and where. Not thread-safe. */
    public static final class Builder {
        private final KmipSessions sessions;
        private @Nullable Place place;
        private boolean certificateRequired = true;
        private KmipAuthenticator authenticator = KmipAuthenticator.certificates(CertificateName.SUBJECT);
        private KmipAccess access = KmipAccess.ofDefaults();
        private Semantics semantics = Semantics.DEFAULT;
        private boolean openQueries = true;
        private Optional<String> https = Optional.of("/kmip");
        private TtlvLimits limits = TtlvLimits.DEFAULT;
        private int maxClients = Clients.DEFAULT_MAX;
        private ClientTimes times = ClientTimes.DEFAULT.withSilence(SILENCE);
        private Duration drain = Duration.ofSeconds(10);
        private Optional<InetSocketAddress> monitoring = Optional.empty();

        private Builder(KmipSessions sessions) {
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
        public Builder tls(InetSocketAddress where, SSLContext keys) {
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
        public Builder tls(InetSocketAddress where, TlsFiles files) {
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
        public Builder tls(ServerSocketChannel socket, TlsFiles files) {
            place = required -> TlsListener.on(socket, files, required);
            return this;
        }

        /**
         * Lets clients in that show no certificate: then an authenticator tells them by their credentials.
         *
         * @return this builder
         */
        public Builder certificateOptional() {
            certificateRequired = false;
            return this;
        }

        /**
         * Sets what tells who a client is.
         *
         * @param who the authenticator; by the subject of the certificate, without credentials, unless set
         * @return this builder
         */
        public Builder authenticator(KmipAuthenticator who) {
            authenticator = who;
            return this;
        }

        /**
         * Sets which objects identities see.
         *
         * @param rule the rule; their own, public keys and certificates, and those that nobody owns, unless set
         * @return this builder
         */
        public Builder access(KmipAccess rule) {
            access = rule;
            return this;
        }

        /**
         * Lets clients have certificates made: Certify and Re-certify (KMIP 2.1 section 6.1). Without it they are refused.
         *
         * @param label the label of the authority's private key and of its own certificate, in the token
         * @return this
         */
        public Builder certificateAuthority(String label) {
            semantics = semantics.withAuthority(label);
            return this;
        }

        /**
         * Sets how long the attributes of destroyed objects are kept.
         *
         * @param time zero or more; 30 days unless set
         * @return this builder
         */
        public Builder keepDestroyed(Duration time) {
            semantics = semantics.withKeepDestroyed(notNegative("keepDestroyed", time));
            return this;
        }

        /**
         * Sets how long clients may keep what they got before they ask again: Lease Time (KMIP 2.1 section 4.27).
         *
         * @param time zero for leases without an end, or more; an hour unless set
         * @return this builder
         */
        public Builder leaseTime(Duration time) {
            semantics = semantics.withLeaseTime(notNegative("leaseTime", time));
            return this;
        }

        /**
         * Says whether two objects that are not destroyed may not have the same Name (KMIP 2.1 section 4.33).
         *
         * @param unique whether a Name that another object has is refused; yes unless set
         * @return this builder
         */
        public Builder uniqueNames(boolean unique) {
            semantics = semantics.withUniqueNames(unique);
            return this;
        }

        /**
         * Adds what an authority has validated, of the token or of what runs the server, for Query (KMIP 2.1 section 6.1.37).
         *
         * @param validation what, by whom and with which certificate
         * @return this builder
         */
        public Builder validation(ValidationInformation validation) {
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
        public Builder openQueries(boolean open) {
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
        public Builder https(String path) {
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
        public Builder withoutHttps() {
            https = Optional.empty();
            return this;
        }

        /**
         * Answers {@code /metrics} and {@code /health} over HTTP, without TLS and to everybody who can connect.
         *
         * @param where the address; port 0 takes one that is free, which {@link KmipServer#monitoringAddress} tells
         * @return this builder
         */
        public Builder monitoring(InetSocketAddress where) {
            monitoring = Optional.of(where);
            return this;
        }

        /**
         * Sets how many clients may be connected at a time; those above are closed at once.
         *
         * @param clients 1 to 65536; 1024 unless set
         * @return this builder
         */
        public Builder maxClients(int clients) {
            maxClients = Clients.requireMax(clients);
            return this;
        }

        /**
         * Sets how long a request may be.
         *
         * @param bytes 8 to 16 MiB; 1 MiB unless set
         * @return this builder
         */
        public Builder maxRequestBytes(int bytes) {
            limits = limits.withMaxBytes(bytes);
            return this;
        }

        /**
         * Sets for how long a client may say nothing before it is cut off.
         *
         * @param time more than zero; five minutes unless set
         * @return this builder
         */
        public Builder idle(Duration time) {
            times = times.withSilence(time);
            return this;
        }

        /**
         * Sets how long a request may take to arrive once it has begun, and a response to be taken; whoever is slower is cut off.
         *
         * @param time more than zero; 30 seconds unless set
         * @return this builder
         */
        public Builder requestTimeout(Duration time) {
            times = times.withMessage(time);
            return this;
        }

        /**
         * Sets how long closing waits for requests that run.
         *
         * @param time zero or more; ten seconds unless set
         * @return this builder
         */
        public Builder drain(Duration time) {
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
}
