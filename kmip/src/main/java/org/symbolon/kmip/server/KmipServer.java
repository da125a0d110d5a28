package org.symbolon.kmip.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.symbolon.Session;
import org.symbolon.serve.Clients;
import org.symbolon.serve.Monitored;
import org.symbolon.serve.MonitoringPort;
import org.symbolon.serve.PrometheusText;
import org.symbolon.serve.ServerHealth;
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
 * ({@link KmipServerBuilder#authenticator}). It sees the objects that it made, and others as {@link KmipAccess} says. A client that breaks the
 * protocol gets KMIP's error, and is cut off where no response is possible; one that is late to shake hands or in the middle of a request
 * is cut off too, each with a reason in the log.
 *
 * <p>Thread-safe. The session stays the caller's, who closes it after the server.
 */
public final class KmipServer implements AutoCloseable, Monitored {
    private final TlsListener listener;
    private final Clients clients;
    private final OperationCounts counts;
    private final TokenService service;
    private final Optional<MonitoringPort> monitoring;

    KmipServer(KmipServerBuilder builder, TlsListener listener) throws IOException {
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
    public static KmipServerBuilder builder(Session session) {
        return new KmipServerBuilder(identity -> session);
    }

    /**
     * Returns a builder of a server in which identities may have sessions of their own.
     *
     * @param sessions the sessions
     * @return the builder
     */
    public static KmipServerBuilder builder(KmipSessions sessions) {
        return new KmipServerBuilder(sessions);
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
}
