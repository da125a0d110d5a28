package org.symbolon.remote.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import org.symbolon.Pkcs11Uri;
import org.symbolon.TokenModule;
import org.symbolon.config.SecretReference;
import org.symbolon.remote.kerberos.KerberosService;
import org.symbolon.remote.oncrpc.GssAcceptor;
import org.symbolon.remote.oncrpc.GssService;
import org.symbolon.serve.ClientTimes;
import org.symbolon.serve.Clients;
import org.symbolon.serve.Listener;
import org.symbolon.serve.Protocol;
import org.symbolon.serve.TcpListener;
import org.symbolon.serve.TlsFiles;
import org.symbolon.serve.TlsKeys;
import org.symbolon.serve.TlsListener;
import org.symbolon.serve.UnixListener;

/** Collects what a {@link RemoteTokenServer} serves and where. Not thread-safe. */
public final class RemoteTokenServerBuilder {
    final List<SlotSource> sources = new ArrayList<>();
    final List<Place> places = new ArrayList<>();
    final Set<String> users = new TreeSet<>();
    int maxClients = Clients.DEFAULT_MAX;
    ClientLimits limits = ClientLimits.ofDefaults();
    ClientTimes times = ClientTimes.DEFAULT;
    Duration drain = Duration.ofSeconds(10);
    ClientSessions sessions = (client, session) -> session;
    Optional<InetSocketAddress> monitoring = Optional.empty();

    RemoteTokenServerBuilder() {}

    /**
     * A place to listen at, which is opened when the server starts.
     *
     * @param listen opens it
     * @param protocol what is spoken there
     */
    record Place(Opening listen, Speech protocol) {}

    /** Opens a place. */
    @FunctionalInterface
    interface Opening {
        Listener open() throws IOException;
    }

    /** Says what is spoken at a place. */
    @FunctionalInterface
    interface Speech {
        Protocol spoken(SlotTable slots, Terms terms, Protocol p11Kit);
    }

    private void place(Opening listen) {
        places.add(new Place(listen, (slots, terms, p11Kit) -> p11Kit));
    }

    /**
     * Serves all slots of a module, empty ones too, in which clients can make tokens.
     *
     * @param module the module; stays the caller's
     * @return this builder
     */
    public RemoteTokenServerBuilder module(TokenModule module) {
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
    public RemoteTokenServerBuilder module(TokenModule module, Pkcs11Uri tokens) {
        sources.add(SlotSource.matching(module, tokens));
        return this;
    }

    /**
     * Listens on a unix socket.
     *
     * @param path where the socket is made; one that nobody listens on any more is replaced
     * @return this builder
     */
    public RemoteTokenServerBuilder unixSocket(Path path) {
        place(() -> UnixListener.open(path, users));
        return this;
    }

    /**
     * Listens on a unix socket that is bound already, such as {@link System#inheritedChannel} gives it.
     *
     * @param socket the socket, in blocking mode; closed with the server, its path is left where it is
     * @return this builder
     */
    public RemoteTokenServerBuilder unixSocket(ServerSocketChannel socket) {
        place(() -> UnixListener.on(requireUnix(socket), users));
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
    public RemoteTokenServerBuilder user(String user) {
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
    public RemoteTokenServerBuilder tls(InetSocketAddress address, SSLContext context) {
        place(() -> TlsListener.open(address, TlsKeys.fixed(context), true));
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
    public RemoteTokenServerBuilder tls(InetSocketAddress address, TlsFiles files) {
        place(() -> TlsListener.open(address, files, true));
        return this;
    }

    /**
     * Listens with TLS on a TCP port that is bound already, such as {@link System#inheritedChannel} gives it.
     *
     * @param socket the port, in blocking mode; closed with the server
     * @param files the files with keys and certificates
     * @return this builder
     */
    public RemoteTokenServerBuilder tls(ServerSocketChannel socket, TlsFiles files) {
        place(() -> TlsListener.on(socket, files, true));
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
    public RemoteTokenServerBuilder tls(
            InetSocketAddress address, Path keyStore, SecretReference password, Path authorities) {
        return tls(address, new TlsFiles(keyStore, password, authorities, Optional.empty()));
    }

    /**
     * Listens on a TCP port for ONC RPC with RPCSEC_GSS (RFC 2203): whoever shows a ticket of Kerberos for this service is let
     * in as that principal, on the program that {@code docs/pkcs11.x} describes. All its calls are encrypted.
     *
     * @param address where; port 0 takes one that is free, which {@link RemoteTokenServer#addresses} tells
     * @param keyTable the file with the service's keys
     * @param principal the service, such as {@code pkcs11/tokens.example.org}, or {@code *} for every principal of the file
     * @return this builder
     * @throws IOException if there is no such key in the file
     */
    public RemoteTokenServerBuilder kerberos(InetSocketAddress address, Path keyTable, String principal)
            throws IOException {
        return kerberos(address, KerberosService.of(keyTable, principal), GssService.PRIVACY);
    }

    RemoteTokenServerBuilder kerberos(InetSocketAddress address, GssAcceptor acceptor, GssService weakest) {
        OncRpcConnection.Acceptance acceptance = new OncRpcConnection.Acceptance(acceptor, weakest);
        places.add(new Place(
                () -> TcpListener.open(address, "krb5"),
                (slots, terms, p11Kit) -> (stream, refusals, mayWait) ->
                        new OncRpcConnection(stream, slots, terms, acceptance, refusals, mayWait)));
        return this;
    }

    /**
     * Listens on a TCP port of this machine for client libraries of Caml Crush. They prove nothing of who they are: whoever can
     * connect is let in, so that it has to be the loopback address.
     *
     * @param address where, a loopback address; port 0 takes one that is free, which {@link RemoteTokenServer#addresses} tells
     * @return this builder
     * @throws IllegalArgumentException if others than this machine could connect
     */
    public RemoteTokenServerBuilder camlCrush(InetSocketAddress address) {
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "Caml Crush's clients prove nothing of who they are; they are let in on a loopback address only,"
                            + " not on "
                            + address);
        }
        places.add(new Place(
                () -> TcpListener.open(address, "crush"),
                (slots, terms, p11Kit) ->
                        (stream, refusals, mayWait) -> new CrushConnection(stream, slots, terms, refusals, mayWait)));
        return this;
    }

    /**
     * Answers {@code /metrics} and {@code /health} over HTTP, without TLS and to everybody who can connect: an address that
     * others cannot reach, such as the loopback one, is a good one.
     *
     * @param address where; port 0 takes one that is free, which {@link RemoteTokenServer#monitoringAddress} tells
     * @return this builder
     */
    public RemoteTokenServerBuilder monitoring(InetSocketAddress address) {
        monitoring = Optional.of(address);
        return this;
    }

    /**
     * Puts something between clients and the sessions of tokens, which learns who the client is.
     *
     * @param between what; nothing unless set
     * @return this builder
     */
    public RemoteTokenServerBuilder sessions(ClientSessions between) {
        sessions = between;
        return this;
    }

    /**
     * Sets how many clients may be connected at a time; those above are closed at once.
     *
     * @param clients 1 to 65536; {@value Clients#DEFAULT_MAX} unless set
     * @return this builder
     */
    public RemoteTokenServerBuilder maxClients(int clients) {
        maxClients = Clients.requireMax(clients);
        return this;
    }

    /**
     * Sets how many sessions a client may have open (CKR_SESSION_COUNT).
     *
     * @param sessions 1 to 65536; {@value ClientLimits#DEFAULT_SESSIONS} unless set
     * @return this builder
     */
    public RemoteTokenServerBuilder sessionsPerClient(int sessions) {
        limits = new ClientLimits(sessions, limits.objects());
        return this;
    }

    /**
     * Sets how many objects of a token a client may have handles of (CKR_HOST_MEMORY).
     *
     * @param objects 1 to 10,000,000; {@value ClientLimits#DEFAULT_OBJECTS} unless set
     * @return this builder
     */
    public RemoteTokenServerBuilder objectsPerClient(int objects) {
        limits = new ClientLimits(limits.sessions(), objects);
        return this;
    }

    /**
     * Sets how long a request may take to arrive once it has begun, and a reply to be taken; whoever is slower is cut off.
     *
     * @param time more than zero; 30 seconds unless set
     * @return this builder
     */
    public RemoteTokenServerBuilder requestTimeout(Duration time) {
        times = times.withMessage(time);
        return this;
    }

    /**
     * Sets how long closing waits for calls that run.
     *
     * @param time zero or more; ten seconds unless set
     * @return this builder
     */
    public RemoteTokenServerBuilder drain(Duration time) {
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
        return RemoteTokenServer.start(this);
    }
}
