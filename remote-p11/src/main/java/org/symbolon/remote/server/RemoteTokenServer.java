package org.symbolon.remote.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.symbolon.Pkcs11Uri;
import org.symbolon.TokenModule;
import org.symbolon.config.SecretReference;
import org.symbolon.serve.ClientIdentity;
import org.symbolon.serve.ClientStream;
import org.symbolon.serve.ClientThreads;
import org.symbolon.serve.ClientTimes;
import org.symbolon.serve.Clients;
import org.symbolon.serve.Listener;
import org.symbolon.serve.Monitored;
import org.symbolon.serve.MonitoringPort;
import org.symbolon.serve.PrometheusText;
import org.symbolon.serve.ServerHealth;
import org.symbolon.serve.TlsFiles;
import org.symbolon.serve.TlsKeys;
import org.symbolon.serve.TlsListener;
import org.symbolon.serve.UnixListener;
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
    public static Builder builder() {
        return new Builder();
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

    /** Collects what is served and where. Not thread-safe. */
    public static final class Builder {
        private final List<SlotSource> sources = new ArrayList<>();
        private final List<Place> places = new ArrayList<>();
        private final Set<String> users = new TreeSet<>();
        private int maxClients = Clients.DEFAULT_MAX;
        private int sessionsPerClient = ClientLimits.DEFAULT_SESSIONS;
        private int objectsPerClient = ClientLimits.DEFAULT_OBJECTS;
        private ClientTimes times = ClientTimes.DEFAULT;
        private Duration drain = Duration.ofSeconds(10);
        private ClientSessions sessions = (client, session) -> session;
        private Optional<InetSocketAddress> monitoring = Optional.empty();

        private Builder() {}

        /** A place to listen at, which is opened when the server starts. */
        @FunctionalInterface
        private interface Place {
            Listener open() throws IOException;
        }

        /**
         * Serves all slots of a module, empty ones too, in which clients can make tokens.
         *
         * @param module the module; stays the caller's
         * @return this builder
         */
        public Builder module(TokenModule module) {
            sources.add(SlotSource.all(module));
            return this;
        }

        /**
         * Serves the tokens of a module that match.
         *
         * @param module the module; stays the caller's
         * @param tokens which tokens; a URI that names nothing serves them all, and no empty slots
         * @return this builder
         */
        public Builder module(TokenModule module, Pkcs11Uri tokens) {
            sources.add(SlotSource.matching(module, tokens));
            return this;
        }

        /**
         * Listens on a unix socket.
         *
         * @param path where the socket is made; one that nobody listens on any more is replaced
         * @return this builder
         */
        public Builder unixSocket(Path path) {
            places.add(() -> UnixListener.open(path, users));
            return this;
        }

        /**
         * Listens on a unix socket that is bound already, such as {@link System#inheritedChannel} gives it.
         *
         * @param socket the socket, in blocking mode; closed with the server, its path is left where it is
         * @return this builder
         */
        public Builder unixSocket(ServerSocketChannel socket) {
            places.add(() -> UnixListener.on(requireUnix(socket), users));
            return this;
        }

        private static ServerSocketChannel requireUnix(ServerSocketChannel socket) throws IOException {
            SocketAddress address = socket.getLocalAddress();
            if (!(address instanceof UnixDomainSocketAddress)) {
                throw new IOException(address + " is no unix socket; clients are let in there by TLS only");
            }
            return socket;
        }

        /**
         * Lets another user in on the unix sockets, beside the one that the server runs as.
         *
         * @param user the user's name on this machine
         * @return this builder
         */
        public Builder user(String user) {
            users.add(user);
            return this;
        }

        /**
         * Listens on a TCP port with TLS 1.3 or 1.2. A client is let in if it shows a certificate that the context trusts.
         *
         * @param address where; port 0 takes one that is free, which {@link RemoteTokenServer#addresses} tells
         * @param context the server's key and certificate, and the authorities whose clients are let in
         * @return this builder
         */
        public Builder tls(InetSocketAddress address, SSLContext context) {
            places.add(() -> TlsListener.open(address, TlsKeys.fixed(context), true));
            return this;
        }

        /**
         * Listens on a TCP port with TLS, as {@link #tls(InetSocketAddress, SSLContext)}, with keys and certificates in files,
         * which are read again when they change.
         *
         * @param address where
         * @param files the files
         * @return this builder
         */
        public Builder tls(InetSocketAddress address, TlsFiles files) {
            places.add(() -> TlsListener.open(address, files, true));
            return this;
        }

        /**
         * Listens with TLS on a TCP port that is bound already, such as {@link System#inheritedChannel} gives it.
         *
         * @param socket the port, in blocking mode; closed with the server
         * @param files the files with keys and certificates
         * @return this builder
         */
        public Builder tls(ServerSocketChannel socket, TlsFiles files) {
            places.add(() -> TlsListener.on(socket, files, true));
            return this;
        }

        /**
         * Listens on a TCP port with TLS, as {@link #tls(InetSocketAddress, TlsFiles)}, without lists of revoked certificates.
         *
         * @param address where
         * @param keyStore the PKCS #12 file with the server's key and certificate
         * @param password where the file's password is
         * @param authorities the file with the certificates, in PEM, of the authorities whose clients are let in
         * @return this builder
         */
        public Builder tls(InetSocketAddress address, Path keyStore, SecretReference password, Path authorities) {
            return tls(address, new TlsFiles(keyStore, password, authorities, Optional.empty()));
        }

        /**
         * Answers {@code /metrics} and {@code /health} over HTTP, without TLS and to everybody who can connect: an address that
         * others cannot reach, such as the loopback one, is a good one.
         *
         * @param address where; port 0 takes one that is free, which {@link RemoteTokenServer#monitoringAddress} tells
         * @return this builder
         */
        public Builder monitoring(InetSocketAddress address) {
            monitoring = Optional.of(address);
            return this;
        }

        /**
         * Puts something between clients and the sessions of tokens, which learns who the client is.
         *
         * @param between what; nothing unless set
         * @return this builder
         */
        public Builder sessions(ClientSessions between) {
            sessions = between;
            return this;
        }

        /**
         * Sets how many clients may be connected at a time; those above are closed at once.
         *
         * @param clients 1 to 65536; {@value Clients#DEFAULT_MAX} unless set
         * @return this builder
         */
        public Builder maxClients(int clients) {
            maxClients = Clients.requireMax(clients);
            return this;
        }

        /**
         * Sets how many sessions a client may have open (CKR_SESSION_COUNT).
         *
         * @param sessions 1 to 65536; {@value ClientLimits#DEFAULT_SESSIONS} unless set
         * @return this builder
         */
        public Builder sessionsPerClient(int sessions) {
            sessionsPerClient = new ClientLimits(sessions, objectsPerClient).sessions();
            return this;
        }

        /**
         * Sets how many objects of a token a client may have handles of (CKR_HOST_MEMORY).
         *
         * @param objects 1 to 10,000,000; {@value ClientLimits#DEFAULT_OBJECTS} unless set
         * @return this builder
         */
        public Builder objectsPerClient(int objects) {
            objectsPerClient = new ClientLimits(sessionsPerClient, objects).objects();
            return this;
        }

        /**
         * Sets how long a request may take to arrive once it has begun, and a reply to be taken; whoever is slower is cut off.
         *
         * @param time more than zero; 30 seconds unless set
         * @return this builder
         */
        public Builder requestTimeout(Duration time) {
            times = times.withMessage(time);
            return this;
        }

        /**
         * Sets how long closing waits for calls that run.
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
         * @throws IOException if it cannot listen somewhere; then it listens nowhere
         */
        public RemoteTokenServer start() throws IOException {
            Terms terms = new Terms(
                    new ClientLimits(sessionsPerClient, objectsPerClient), times, sessions, new ServerMetrics());
            SlotTable slots = new SlotTable(sources);
            ThreadPoolExecutor sideThreads = new ThreadPoolExecutor(
                    0, MAX_SIDE_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), ClientThreads.factory());
            Clients clients = new Clients(
                    (stream, refusals, mayWait) ->
                            new ClientConnection(stream, slots, terms, refusals, sideThreads, mayWait),
                    "symbolon_",
                    maxClients,
                    drain);
            List<Listener> listeners = new ArrayList<>();
            boolean started = false;
            try {
                for (Place place : places) {
                    listeners.add(place.open());
                }
                Overview overview = new Overview(slots, clients, List.copyOf(listeners), terms.metrics());
                Optional<MonitoringPort> port = monitoring.isPresent()
                        ? Optional.of(MonitoringPort.open(monitoring.get(), overview))
                        : Optional.empty();
                listeners.forEach(clients::listen);
                started = true;
                return new RemoteTokenServer(overview, Set.copyOf(users), port, sideThreads);
            } finally {
                if (!started) {
                    clients.close(listeners);
                    sideThreads.shutdown();
                }
            }
        }
    }
}
