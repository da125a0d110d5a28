package org.symbolon.remote.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a TCP port with TLS 1.3 or 1.2. Lets in who shows a certificate that the context trusts; the certificate's subject
 * is who the client is.
 *
 * <p>Few threads shake hands, so that callers who say nothing cost no more than a place in a bounded queue and are cut off after
 * {@link #HANDSHAKE}.
 */
final class TlsListener implements Listener {
    /** How long a client may take to be known. */
    static final Duration HANDSHAKE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(TlsListener.class);
    private static final int HANDSHAKE_THREADS = 16;
    private static final int PENDING_HANDSHAKES = 240;

    private final ServerSocket server;
    private final SSLContext context;
    private final ThreadPoolExecutor handshakes;
    private final Map<Socket, Long> pending = new ConcurrentHashMap<>();

    private TlsListener(ServerSocket server, SSLContext context) {
        this.server = server;
        this.context = context;
        this.handshakes = new ThreadPoolExecutor(
                HANDSHAKE_THREADS,
                HANDSHAKE_THREADS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(PENDING_HANDSHAKES),
                ClientThreads.platformThreads("symbolon-handshake-"));
        handshakes.allowCoreThreadTimeOut(true);
    }

    /** Begins to listen. */
    static TlsListener open(InetSocketAddress address, SSLContext context) throws IOException {
        ServerSocket server = new ServerSocket();
        boolean good = false;
        try {
            server.setReuseAddress(true);
            server.bind(address);
            good = true;
            return new TlsListener(server, context);
        } finally {
            if (!good) {
                server.close();
            }
        }
    }

    @Override
    public void listen(Consumer<ClientStream> clients) {
        Accepting.untilClosed(() -> !server.isClosed(), address(), () -> admit(server.accept(), clients));
    }

    private void admit(Socket client, Consumer<ClientStream> clients) {
        pending.put(client, System.nanoTime());
        try {
            handshakes.execute(() -> shakeHands(client, clients));
        } catch (RejectedExecutionException e) {
            LOG.debug("no place for another handshake", e);
            refuse(client, "too many handshakes are pending");
        }
    }

    private void shakeHands(Socket client, Consumer<ClientStream> clients) {
        try {
            client.setTcpNoDelay(true);
            client.setKeepAlive(true);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(client, null, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            parameters.setNeedClientAuth(true);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            String subject = socket.getSession().getPeerPrincipal().getName();
            // closed below TLS: a farewell could wait for a client that does not read
            ClientStream stream = new ClientStream(
                    "\"" + subject + "\" at " + client.getRemoteSocketAddress(),
                    socket.getInputStream(),
                    socket.getOutputStream(),
                    client);
            if (pending.remove(client) != null) {
                clients.accept(stream);
            }
        } catch (IOException e) {
            LOG.debug("a handshake failed", e);
            refuse(client, String.valueOf(e.getMessage()));
        }
    }

    private void refuse(Socket client, String reason) {
        if (pending.remove(client) == null) {
            return;
        }
        LOG.warn("refused {}: {}", client.getRemoteSocketAddress(), reason);
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("a connection that was refused ended badly: {}", e.getMessage());
        }
    }

    @Override
    public void cutOffLate(long now) {
        pending.forEach((client, since) -> {
            if (now - since > HANDSHAKE.toNanos()) {
                refuse(client, "it takes too long to shake hands");
            }
        });
    }

    @Override
    public String address() {
        return "tls://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        handshakes.shutdownNow();
        server.close();
        pending.keySet().forEach(client -> refuse(client, "the server ends"));
    }
}
