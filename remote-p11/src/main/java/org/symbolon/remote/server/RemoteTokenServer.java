package org.symbolon.remote.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import org.symbolon.Pkcs11Uri;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.config.SecretReference;
import org.symbolon.remote.transport.TlsMaterial;

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
public final class RemoteTokenServer implements AutoCloseable {
    private final Clients clients;
    private final List<Listener> listeners;

    private RemoteTokenServer(Clients clients, List<Listener> listeners) {
        this.clients = clients;
        this.listeners = List.copyOf(listeners);
    }

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return where the server listens, such as {@code unix:path=/run/symbolon.sock}; what P11_KIT_SERVER_ADDRESS is set to} */
    public List<String> addresses() {
        return listeners.stream().map(Listener::address).toList();
    }

    /** {@return how many clients are connected} */
    public int clients() {
        return clients.count();
    }

    /**
     * Serves one client on streams that are there already, such as a program's standard input and output, until it leaves.
     *
     * @param name who the client is, for the log
     * @param input what it sends; closed at the end
     * @param output what it gets; closed at the end
     */
    public void serve(String name, InputStream input, OutputStream output) {
        clients.serve(new ClientStream(name, input, output, () -> {
            try (input) {
                output.close();
            }
        }));
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
     * Stops listening, lets calls that run come to their end for as long as the builder said, and cuts every client off.
     * Idempotent, throws nothing.
     */
    @Override
    public void close() {
        clients.close(listeners);
    }

    /** Collects what is served and where. Not thread-safe. */
    public static final class Builder {
        private final List<SlotSource> sources = new ArrayList<>();
        private final List<Path> sockets = new ArrayList<>();
        private final List<Port> ports = new ArrayList<>();
        private final Set<String> users = new TreeSet<>();
        private int maxClients = Clients.DEFAULT_MAX;
        private int sessionsPerClient = ClientLimits.DEFAULT_SESSIONS;
        private int objectsPerClient = ClientLimits.DEFAULT_OBJECTS;
        private Duration drain = Duration.ofSeconds(10);

        private Builder() {}

        /** A port that is opened when the server starts. */
        @FunctionalInterface
        private interface Port {
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
            sockets.add(path);
            return this;
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
            ports.add(() -> TlsListener.open(address, context));
            return this;
        }

        /**
         * Listens on a TCP port with TLS, as {@link #tls(InetSocketAddress, SSLContext)}, with keys and certificates in files.
         *
         * @param address where
         * @param keyStore the PKCS #12 file with the server's key and certificate
         * @param password where the file's password is
         * @param authorities the file with the certificates, in PEM, of the authorities whose clients are let in
         * @return this builder
         */
        public Builder tls(InetSocketAddress address, Path keyStore, SecretReference password, Path authorities) {
            ports.add(() -> TlsListener.open(address, context(keyStore, password, authorities)));
            return this;
        }

        private static SSLContext context(Path keyStore, SecretReference password, Path authorities)
                throws IOException {
            try {
                return TlsMaterial.context(
                        Optional.of(authorities.toString()), Optional.of(keyStore.toString()), Optional.of(password));
            } catch (TokenException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        /**
         * Sets how many clients may be connected at a time; those above are closed at once.
         *
         * @param clients 1 to 65536; {@value Clients#DEFAULT_MAX} unless set
         * @return this builder
         */
        public Builder maxClients(int clients) {
            if (clients < 1 || clients > 1 << 16) {
                throw new IllegalArgumentException("clients are 1 to 65536, not " + clients);
            }
            maxClients = clients;
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
         * Sets how long closing waits for calls that run.
         *
         * @param time zero or more; ten seconds unless set
         * @return this builder
         */
        public Builder drain(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("the time to drain is zero or more, not " + time);
            }
            drain = time;
            return this;
        }

        /**
         * Starts the server.
         *
         * @return the server, listening
         * @throws IOException if it cannot listen somewhere; then it listens nowhere
         */
        public RemoteTokenServer start() throws IOException {
            ClientLimits limits = new ClientLimits(sessionsPerClient, objectsPerClient);
            Clients clients = new Clients(new SlotTable(sources), limits, maxClients, drain);
            List<Listener> listeners = new ArrayList<>();
            RemoteTokenServer server = null;
            try {
                for (Path socket : sockets) {
                    listeners.add(UnixListener.open(socket, users));
                }
                for (Port port : ports) {
                    listeners.add(port.open());
                }
                server = new RemoteTokenServer(clients, listeners);
                listeners.forEach(clients::listen);
                return server;
            } finally {
                if (server == null) {
                    clients.close(listeners);
                }
            }
        }
    }
}
