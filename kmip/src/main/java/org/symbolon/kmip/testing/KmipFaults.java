package org.symbolon.kmip.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.KmipClientBuilder;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.ttlv.MessageFrame;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvLimits;

/**
 * A KMIP server for tests: answers as a {@link KmipHandler} says, over TLS on the loopback, and disturbs the answers by {@link
 * KmipFault}s. The handler may be a few lines, or a real server.
 *
 * <pre>{@code
 * try (KmipFaults server = KmipFaults.start(KmipHandler.of(request -> myAnswerTo(request)));
 *      KmipClient client = server.client().open()) {
 *     server.next(KmipFault.truncated(20));
 *     assertThrows(TokenUnavailableException.class, () -> client.create(...));
 * }
 * }</pre>
 *
 * <p>Only the client of {@link #clientTls} is let in, unless a context was given. Thread-safe.
 */
public final class KmipFaults implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KmipFaults.class);
    private static final String HOST = "localhost";
    private static final int BACKLOG = 50;

    private final SSLServerSocket listener;
    private final SSLContext serverTls;
    private final SSLContext clientTls;
    private final KmipHandler handler;
    private final Set<SSLSocket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final ConcurrentLinkedQueue<KmipFault> next = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Ttlv.Structure> requests = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile KmipFault always = KmipFault.none();
    private volatile Duration idle = Duration.ofMinutes(5);

    private KmipFaults(SSLServerSocket listener, SSLContext serverTls, SSLContext clientTls, KmipHandler handler) {
        this.listener = listener;
        this.serverTls = serverTls;
        this.clientTls = clientTls;
        this.handler = handler;
    }

    /**
     * Starts a server with a certificate for {@code localhost}, on a free port.
     *
     * @param handler answers; closed with the server
     * @return the server
     * @throws IOException if it cannot listen
     */
    public static KmipFaults start(KmipHandler handler) throws IOException {
        return startAs(HOST, handler);
    }

    /**
     * Starts a server with a certificate for another name than that under which it is reached.
     *
     * @param name the DNS name in the certificate
     * @param handler answers; closed with the server
     * @return the server
     * @throws IOException if it cannot listen
     */
    public static KmipFaults startAs(String name, KmipHandler handler) throws IOException {
        ThrowAwayTls tls = ThrowAwayTls.forServer(name);
        return start(tls.server(), tls.client(), handler);
    }

    /**
     * Starts a server with keys of the caller, on a free port of {@code localhost}.
     *
     * @param serverTls who the server is, and which clients it lets in
     * @param clientTls what {@link #client} and {@link #clientTls} are to use
     * @param handler answers; closed with the server
     * @return the server
     * @throws IOException if it cannot listen
     */
    public static KmipFaults start(SSLContext serverTls, SSLContext clientTls, KmipHandler handler) throws IOException {
        return start(0, serverTls, clientTls, handler);
    }

    /**
     * Starts a server with keys of the caller, on a port of {@code localhost}: one that is to come back where another was.
     *
     * @param port the port; 0 for a free one
     * @param serverTls who the server is, and which clients it lets in
     * @param clientTls what {@link #client} and {@link #clientTls} are to use
     * @param handler answers; closed with the server
     * @return the server
     * @throws IOException if it cannot listen
     */
    public static KmipFaults start(int port, SSLContext serverTls, SSLContext clientTls, KmipHandler handler)
            throws IOException {
        SSLServerSocket listener = (SSLServerSocket)
                serverTls.getServerSocketFactory().createServerSocket(port, BACKLOG, InetAddress.getByName(HOST));
        listener.setNeedClientAuth(true);
        KmipFaults server = new KmipFaults(listener, serverTls, clientTls, handler);
        daemon(server::listen, "kmip-faults").start();
        return server;
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Disturbs the messages that come next, one each, before what {@link #always} says.
     *
     * @param faults in their order
     */
    public void next(KmipFault... faults) {
        next.addAll(List.of(faults));
    }

    /**
     * Disturbs every message from now on.
     *
     * @param fault how; {@link KmipFault#none} for no longer
     */
    public void always(KmipFault fault) {
        always = fault;
    }

    /**
     * Ends connections on which nothing comes for a time. Those that wait already end when their old time is over.
     *
     * @param time one millisecond at least; five minutes where it is not set
     */
    public void closeIdleAfter(Duration time) {
        if (time.toMillis() < 1) {
            throw new IllegalArgumentException("the idle time is a millisecond at least, not " + time);
        }
        idle = time;
    }

    /** Ends every connection, and goes on listening. */
    public void dropConnections() {
        sockets.forEach(KmipFaults::close);
    }

    /** {@return the messages that came, in their order; they are kept as long as the server} */
    public List<Ttlv.Structure> requests() {
        return List.copyOf(requests);
    }

    /** {@return how many connections were made} */
    public int connections() {
        return connections.get();
    }

    /** {@return how many connections are open} */
    public int openConnections() {
        return sockets.size();
    }

    /** {@return the port on which the server listens, of {@code localhost}} */
    public int port() {
        return listener.getLocalPort();
    }

    /** {@return who the server is, and whom it lets in: for another that its clients know} */
    public SSLContext serverTls() {
        return serverTls;
    }

    /** {@return how to reach the server: whom to trust, and the client that it lets in} */
    public SSLContext clientTls() {
        return clientTls;
    }

    /** {@return a builder of clients that this server lets in} */
    public KmipClientBuilder client() {
        return KmipClient.builder(HOST).port(port()).tls(clientTls);
    }

    private void listen() {
        while (closed.getCount() > 0) {
            try {
                SSLSocket socket = (SSLSocket) listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                daemon(() -> serve(socket), "kmip-faults-connection").start();
            } catch (IOException e) {
                LOG.debug("no client came in: {}", e.getMessage());
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.startHandshake();
            InputStream input = socket.getInputStream();
            FaultyWire wire = new FaultyWire(socket.getOutputStream(), closed);
            while (true) {
                socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, idle.toMillis()));
                Optional<byte[]> message = MessageFrame.read(input, MessageCodec.REQUEST, TtlvLimits.DEFAULT);
                if (message.isEmpty()) {
                    return;
                }
                Ttlv.Structure request = (Ttlv.Structure) TtlvDecoder.decode(message.get(), TtlvLimits.DEFAULT);
                requests.add(request);
                fault().run(request, handler, wire);
            }
        } catch (SocketTimeoutException e) {
            LOG.debug("a connection idled for {}", idle);
        } catch (IOException e) {
            LOG.debug("a connection ended: {}", e.getMessage());
        } finally {
            sockets.remove(socket);
        }
    }

    private KmipFault fault() {
        KmipFault first = next.poll();
        return first == null ? always : first;
    }

    private static void close(SSLSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a connection did not close: {}", e.getMessage());
        }
    }

    /** Ends the server and its connections. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("the listener did not close: {}", e.getMessage());
        }
        dropConnections();
        handler.close();
    }
}
