package org.symbolon.remote.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.symbolon.serve.ClientIdentity;
import org.symbolon.serve.ClientStream;
import org.symbolon.serve.ClientThreads;
import org.symbolon.serve.Clients;
import org.symbolon.serve.Listener;
import org.symbolon.serve.Monitored;
import org.symbolon.serve.MonitoringPort;
import org.symbolon.serve.PrometheusText;
import org.symbolon.serve.Protocol;
import org.symbolon.serve.ServerHealth;
import org.symbolon.serve.UnixPeers;

/**
 * Serves tokens to PKCS #11 programs, by p11-kit's protocol: whatever loads p11-kit-client.so uses them, without any code of
 * ours in its process.
 *
 * <pre>{@code
 * try (TokenModule module = TokenModule.open("soft:sqlite:team.db");
 *      RemoteTokenServer server = RemoteTokenServer.builder()
 *              .module(module)
 *              .unixSocket(Path.of("/run/user/1000/symbolon.sock"))
 *              .start()) {
 *     server.await();
 * }
 * }</pre>
 *
 * <p>Each client has its sessions, its login and its session objects to itself; they end with its connection. What it may hold
 * is limited, and so is the time that it may take to introduce itself and to send a request: one that breaks the protocol or a
 * limit is cut off with a reason in the log, and the others notice nothing. On a unix socket only the user that the server runs
 * as is let in, and those that are named.
 *
 * <p>Thread-safe. The modules stay the caller's, who closes them after the server.
 */
public final class RemoteTokenServer implements AutoCloseable, Monitored {
    private static final int MAX_SIDE_THREADS = 64;

    private final Overview overview;
    private final Set<String> users;
    private final Optional<MonitoringPort> monitoring;

    private final ThreadPoolExecutor sideThreads;

    private RemoteTokenServer(
            Overview overview, Set<String> users, Optional<MonitoringPort> monitoring, ThreadPoolExecutor sideThreads) {
        this.overview = overview;
        this.sideThreads = sideThreads;
        this.users = users;
        this.monitoring = monitoring;
    }

    /** {@return a builder} */
    public static RemoteTokenServerBuilder builder() {
        return new RemoteTokenServerBuilder();
    }

    static RemoteTokenServer start(RemoteTokenServerBuilder builder) throws IOException {
        Terms terms = new Terms(builder.limits, builder.times, builder.sessions, new ServerMetrics());
        SlotTable slots = new SlotTable(builder.sources);
        ThreadPoolExecutor sideThreads = new ThreadPoolExecutor(
                0, MAX_SIDE_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), ClientThreads.factory());
        Protocol p11Kit = (stream, refusals, mayWait) ->
                new ClientConnection(stream, slots, terms, refusals, sideThreads, mayWait);
        Clients clients = new Clients(p11Kit, "symbolon_", builder.maxClients, builder.drain);
        List<Listener> listeners = new ArrayList<>();
        boolean started = false;
        try {
            List<Protocol> protocols = new ArrayList<>();
            for (RemoteTokenServerBuilder.Place place : builder.places) {
                listeners.add(place.listen().open());
                protocols.add(place.protocol().spoken(slots, terms, p11Kit));
            }
            Overview overview = new Overview(slots, clients, List.copyOf(listeners), terms.metrics());
            Optional<MonitoringPort> port = builder.monitoring.isPresent()
                    ? Optional.of(MonitoringPort.open(builder.monitoring.get(), overview))
                    : Optional.empty();
            for (int i = 0; i < listeners.size(); i++) {
                clients.listen(listeners.get(i), protocols.get(i));
            }
            started = true;
            return new RemoteTokenServer(overview, Set.copyOf(builder.users), port, sideThreads);
        } finally {
            if (!started) {
                clients.close(listeners);
                sideThreads.shutdown();
            }
        }
    }

    /** {@return where the server listens, such as {@code unix:path=/run/symbolon.sock}; what P11_KIT_SERVER_ADDRESS is set to} */
    public List<String> addresses() {
        return overview.listeners().stream().map(Listener::address).toList();
    }

    /** {@return where {@code /metrics} and {@code /health} are answered, if they are} */
    public Optional<InetSocketAddress> monitoringAddress() {
        return monitoring.map(MonitoringPort::address);
    }

    /** {@return how many clients are connected} */
    public int clients() {
        return overview.clients().count();
    }

    /**
     * Returns what the server has counted so far, for programs that show metrics on a port of their own. It has no names of
     * users, keys or tokens, and does not grow.
     *
     * @return the metrics in the text format of Prometheus, version 0.0.4
     */
    public String metrics() {
        PrometheusText text = new PrometheusText();
        writeTo(text);
        return text.toString();
    }

    @Override
    public void writeTo(PrometheusText text) {
        overview.writeTo(text);
    }

    /**
     * Looks whether the server can do its work: it lets clients in, and its modules answer. Asks the modules, one after the
     * other, and blocks as long as their timeouts allow.
     *
     * @return what is wrong, if anything is
     */
    @Override
    public ServerHealth health() {
        return overview.health();
    }

    /**
     * Serves one client on streams that are there already, such as a program's standard input and output, until it leaves.
     *
     * @param name who the client is, for the log
     * @param input what it sends; closed at the end
     * @param output what it gets; closed at the end
     */
    public void serve(String name, InputStream input, OutputStream output) {
        ClientIdentity client = new ClientIdentity(ClientIdentity.Kind.STREAMS, name);
        overview.clients().serve(new ClientStream(client, "", input, output, () -> {
            try (input) {
                output.close();
            }
        }));
    }

    /**
     * Serves one client on a unix socket that is connected already, such as {@link System#inheritedChannel} gives it, until it
     * leaves.
     *
     * @param client the server's end of the connection; closed at the end
     * @throws IOException if it is no unix socket, or its user is not one that is let in
     */
    public void serve(SocketChannel client) throws IOException {
        try (client) {
            if (!(client.getLocalAddress() instanceof UnixDomainSocketAddress)) {
                throw new IOException("the socket is no unix socket, so nobody can tell who the client is;"
                        + " let the server listen on it, with TLS");
            }
            UnixPeers peers = UnixPeers.ofThisProcess(users);
            ClientStream stream = UnixPeers.stream(client, "on a connection that was inherited");
            if (!peers.letIn(stream.client())) {
                throw new IOException(stream.name() + " is refused: " + peers);
            }
            overview.clients().serve(stream);
        }
    }

    /**
     * Waits until the server is closed.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void await() throws InterruptedException {
        overview.clients().awaitEnd();
    }

    /**
     * Stops listening, lets calls that run come to their end for as long as the builder said, and cuts every client off. A
     * call that has begun to arrive is answered. Idempotent, throws nothing.
     */
    @Override
    public void close() {
        overview.clients().close(overview.listeners());
        monitoring.ifPresent(MonitoringPort::close);
        sideThreads.shutdown();
    }
}
