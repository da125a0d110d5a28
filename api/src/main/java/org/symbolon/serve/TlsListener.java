package org.symbolon.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a TCP port with TLS 1.3 or 1.2. Lets in who shows a certificate that is trusted; the certificate's subject is who
 * the client is.
 *
 * <p>Who has begun to shake hands has a thread until the handshake is done or {@link Arrivals} cuts it off, so that nobody waits for
 * those who are slow; who has said nothing yet has none.
 */
public final class TlsListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(TlsListener.class);
    private static final long THREAD_KEPT_SECONDS = 5;
    private static final int BACKLOG = 1024; // the system has a limit of its own

    private final ServerSocketChannel server;
    private final TlsKeys keys;
    private final boolean certificateRequired;
    private final InetSocketAddress address;
    private final ThreadPoolExecutor handshakes;

    private TlsListener(ServerSocketChannel server, TlsKeys keys, boolean certificateRequired) throws IOException {
        this.server = server;
        this.keys = keys;
        this.certificateRequired = certificateRequired;
        this.address = (InetSocketAddress) server.getLocalAddress();
        this.handshakes = new ThreadPoolExecutor(
                0,
                Arrivals.MAX,
                THREAD_KEPT_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                ClientThreads.factory("symbolon-handshake-"));
    }

    /**
     * Begins to listen.
     *
     * @param address where; port 0 takes one that is free
     * @param keys the server's keys and whom it trusts
     * @param certificateRequired whether nobody is let in without a certificate; otherwise one that is shown must be trusted
     * @return the listener
     * @throws IOException if it cannot listen there
     */
    public static TlsListener open(InetSocketAddress address, TlsKeys keys, boolean certificateRequired)
            throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        boolean good = false;
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address, BACKLOG);
            TlsListener listener = new TlsListener(server, keys, certificateRequired);
            good = true;
            return listener;
        } finally {
            if (!good) {
                server.close();
            }
        }
    }

    /**
     * Begins to listen, with keys and certificates in files that are read again when they change.
     *
     * @param address where; port 0 takes one that is free
     * @param files the files
     * @param certificateRequired whether nobody is let in without a certificate; otherwise one that is shown must be trusted
     * @return the listener
     * @throws IOException if it cannot listen there, or a file does not hold what it should
     */
    public static TlsListener open(InetSocketAddress address, TlsFiles files, boolean certificateRequired)
            throws IOException {
        return open(address, WatchedTlsFiles.of(files), certificateRequired);
    }

    /**
     * Listens on a socket that is bound already.
     *
     * @param server the socket, in blocking mode; closed with the listener
     * @param files the files with keys and certificates
     * @param certificateRequired whether nobody is let in without a certificate; otherwise one that is shown must be trusted
     * @return the listener
     * @throws IOException if a file does not hold what it should
     */
    public static TlsListener on(ServerSocketChannel server, TlsFiles files, boolean certificateRequired)
            throws IOException {
        return on(server, WatchedTlsFiles.of(files), certificateRequired);
    }

    /**
     * Listens on a socket that is bound already.
     *
     * @param server the socket, in blocking mode; closed with the listener
     * @param keys the server's keys and whom it trusts
     * @param certificateRequired whether nobody is let in without a certificate; otherwise one that is shown must be trusted
     * @return the listener
     * @throws IOException if the socket is closed
     */
    public static TlsListener on(ServerSocketChannel server, TlsKeys keys, boolean certificateRequired)
            throws IOException {
        return new TlsListener(server, keys, certificateRequired);
    }

    @Override
    public void listen(Entrance entrance, Arrivals arrivals) {
        Accepting.untilClosed(server::isOpen, address(), () -> admit(server.accept(), entrance, arrivals));
    }

    private void admit(SocketChannel client, Entrance entrance, Arrivals arrivals) throws IOException {
        boolean handedOn = false;
        try {
            String name = "a caller at " + client.getRemoteAddress();
            if (!entrance.isFull(name)) {
                arrivals.enter(client, name, () -> begin(client, entrance, arrivals));
                handedOn = true;
            }
        } finally {
            if (!handedOn) {
                client.close();
            }
        }
    }

    private void begin(SocketChannel client, Entrance entrance, Arrivals arrivals) {
        try {
            handshakes.execute(() -> shakeHands(client, entrance, arrivals));
        } catch (RejectedExecutionException e) {
            LOG.debug("no place for another handshake", e);
            arrivals.refuse(client, CutOff.PENDING, "too many shake hands");
        } catch (OutOfMemoryError e) { // the system gives no more threads; those who have one go on
            arrivals.refuse(client, CutOff.PENDING, String.valueOf(e.getMessage()));
        }
    }

    private void shakeHands(SocketChannel client, Entrance entrance, Arrivals arrivals) {
        try {
            ClientStream stream = greeted(client);
            if (arrivals.leave(client)) {
                entrance.admit(stream);
            }
        } catch (IOException e) {
            LOG.debug("a handshake failed", e);
            arrivals.refuse(client, CutOff.HANDSHAKE, String.valueOf(e.getMessage()));
        }
    }

    private ClientStream greeted(SocketChannel client) throws IOException {
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        client.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        Socket plain = client.socket();
        SSLSocket socket = (SSLSocket) keys.context().getSocketFactory().createSocket(plain, null, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        if (certificateRequired) {
            parameters.setNeedClientAuth(true);
        } else {
            parameters.setWantClientAuth(true);
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        Optional<X509Certificate> certificate = certificate(socket.getSession());
        ClientIdentity identity = certificate
                .map(shown -> new ClientIdentity(
                        ClientIdentity.Kind.CERTIFICATE,
                        shown.getSubjectX500Principal().getName()))
                .orElseGet(() -> new ClientIdentity(
                        ClientIdentity.Kind.NOBODY, plain.getInetAddress().getHostAddress()));
        // closed below TLS: a farewell could wait for a client that does not read
        return new ClientStream(
                identity,
                certificate,
                "at " + plain.getRemoteSocketAddress(),
                socket.getInputStream(),
                socket.getOutputStream(),
                client);
    }

    private static Optional<X509Certificate> certificate(SSLSession session) {
        try {
            return Optional.of((X509Certificate) session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            LOG.debug("a client without a certificate: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void tick(long now) {
        keys.refresh(now);
    }

    @Override
    public void writeTo(PrometheusText text) {
        keys.writeTo(text, address());
    }

    /** {@return where it listens} */
    public InetSocketAddress socketAddress() {
        return address;
    }

    @Override
    public String address() {
        return "tls://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public void close() throws IOException {
        handshakes.shutdownNow();
        server.close();
    }
}
