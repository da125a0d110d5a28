package org.symbolon.kmip.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Session;
import org.symbolon.kmip.ttlv.TtlvLimits;

/**
 * Serves a token to KMIP clients, of versions 1.0 to 2.1, on a TLS socket (KMIP Profiles: TTLV over TLS, usually port 5696).
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
 * <p>A client is let in if it shows a certificate that the context trusts, and then may do what the session may: all clients see
 * the same objects. A client that breaks the protocol gets KMIP's error, and is cut off where no response is possible; one that is
 * late to shake hands or in the middle of a request is cut off too, each with a reason in the log.
 *
 * <p>Thread-safe. The session stays the caller's, who closes it after the server.
 */
public final class KmipServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KmipServer.class);
    private static final int DEFAULT_MAX_CLIENTS = 1024;
    private static final int MAX_CLIENTS = 1 << 16;
    private static final long PAUSE_MILLIS = 100;
    private static final long DRAIN_STEP_MILLIS = 10;

    private final RequestMachine machine;
    private final TtlvLimits limits;
    private final SSLContext context;
    private final int maxClients;
    private final Duration idle;
    private final Duration drain;
    private final ServerSocket listener;
    private final Set<KmipConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ThreadFactory threads = daemons("symbolon-kmip-client-");
    private final ScheduledExecutorService deadlines =
            Executors.newSingleThreadScheduledExecutor(daemons("symbolon-kmip-deadlines-"));

    private KmipServer(Builder builder, ServerSocket listener, SSLContext context) {
        this.limits = builder.limits;
        this.machine = TokenService.machine(builder.session, Clock.systemUTC(), limits);
        this.context = context;
        this.maxClients = builder.maxClients;
        this.idle = builder.idle;
        this.drain = builder.drain;
        this.listener = listener;
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Returns a builder.
     *
     * @param session the objects that are served, and what may be done with them; stays the caller's
     * @return the builder
     */
    public static Builder builder(Session session) {
        return new Builder(session);
    }

    /** {@return where the server listens} */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** {@return how many clients are connected} */
    public int clients() {
        return connections.size();
    }

    /**
     * Waits until the server is closed.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void await() throws InterruptedException {
        ended.await();
    }

    private void listen() {
        try {
            while (!closed.get()) {
                acceptOrPause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptOrPause() throws InterruptedException {
        try {
            admit(listener.accept());
        } catch (IOException e) {
            if (!closed.get()) {
                LOG.warn("a client could not come in: {}; it is tried again", e.getMessage());
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private void admit(Socket client) {
        KmipConnection connection = new KmipConnection(client, context, machine, limits, idle, deadlines);
        if (connections.size() >= maxClients) {
            LOG.warn("refused {}: {} clients are connected", client.getRemoteSocketAddress(), maxClients);
            connection.close();
            return;
        }
        connections.add(connection);
        if (closed.get()) {
            connection.close();
        }
        threads.newThread(() -> serve(connection)).start();
    }

    private void serve(KmipConnection connection) {
        try {
            connection.serve();
        } finally {
            connections.remove(connection);
            connection.close();
        }
    }

    /**
     * Stops listening, lets requests that run come to their end for as long as the builder said, and cuts every client off.
     * Idempotent, throws nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            listener.close();
        } catch (IOException e) {
            LOG.warn("the socket {} did not close: {}", address(), e.getMessage());
        }
        awaitIdle();
        connections.forEach(KmipConnection::close);
        deadlines.shutdownNow();
        ended.countDown();
    }

    private void awaitIdle() {
        long deadline = System.nanoTime() + drain.toNanos();
        try {
            while (!connections.isEmpty() && System.nanoTime() < deadline) {
                connections.stream()
                        .filter(connection -> !connection.isWorking())
                        .forEach(KmipConnection::close);
                TimeUnit.MILLISECONDS.sleep(DRAIN_STEP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Collects what is served and where. Not thread-safe. */
    public static final class Builder {
        private final Session session;
        private @Nullable InetSocketAddress address;
        private @Nullable SSLContext context;
        private TtlvLimits limits = TtlvLimits.DEFAULT;
        private int maxClients = DEFAULT_MAX_CLIENTS;
        private Duration idle = Duration.ofMinutes(5);
        private Duration drain = Duration.ofSeconds(10);

        private Builder(Session session) {
            this.session = session;
        }

        /**
         * Listens on a TCP port with TLS 1.3 or 1.2.
         *
         * @param where the address; port 0 takes one that is free, which {@link KmipServer#address} tells
         * @param keys the server's key and certificate, and the authorities whose clients are let in
         * @return this builder
         */
        public Builder tls(InetSocketAddress where, SSLContext keys) {
            address = where;
            context = keys;
            return this;
        }

        /**
         * Sets how many clients may be connected at a time; those above are closed at once.
         *
         * @param clients 1 to 65536; {@value KmipServer#DEFAULT_MAX_CLIENTS} unless set
         * @return this builder
         */
        public Builder maxClients(int clients) {
            if (clients < 1 || clients > MAX_CLIENTS) {
                throw new IllegalArgumentException("clients are 1 to " + MAX_CLIENTS + ", not " + clients);
            }
            maxClients = clients;
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
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("the idle time is more than zero, not " + time);
            }
            idle = time;
            return this;
        }

        /**
         * Sets how long closing waits for requests that run.
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
         * @throws IOException if it cannot listen there
         * @throws IllegalStateException if no address was given
         */
        public KmipServer start() throws IOException {
            if (address == null || context == null) {
                throw new IllegalStateException("say where to listen, with tls(address, context)");
            }
            ServerSocket listener = new ServerSocket();
            boolean good = false;
            try {
                listener.setReuseAddress(true);
                listener.bind(address);
                good = true;
            } finally {
                if (!good) {
                    listener.close();
                }
            }
            KmipServer server = new KmipServer(this, listener, context);
            daemons("symbolon-kmip-listener-").newThread(server::listen).start();
            return server;
        }
    }
}
