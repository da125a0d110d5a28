package org.symbolon.kmip.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.MessageFrame;
import org.symbolon.kmip.ttlv.TtlvLimits;

/**
 * One client from its handshake to its end: reads a request, has it answered, writes the response. Each step has a time, after
 * which the socket is closed under it.
 */
final class KmipConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KmipConnection.class);
    private static final Duration HANDSHAKE = Duration.ofSeconds(5);
    private static final Duration MESSAGE = Duration.ofSeconds(30);
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Socket socket;
    private final SSLContext context;
    private final RequestMachine machine;
    private final TtlvLimits limits;
    private final Duration idle;
    private final ScheduledExecutorService deadlines;
    private volatile boolean working;

    KmipConnection(
            Socket socket,
            SSLContext context,
            RequestMachine machine,
            TtlvLimits limits,
            Duration idle,
            ScheduledExecutorService deadlines) {
        this.socket = socket;
        this.context = context;
        this.machine = machine;
        this.limits = limits;
        this.idle = idle;
        this.deadlines = deadlines;
    }

    /** Does something on the socket. */
    @FunctionalInterface
    private interface Step<T> {
        T take() throws IOException;
    }

    /** Serves the client until it leaves. */
    void serve() {
        try {
            SSLSocket client = within(HANDSHAKE, "to shake hands", this::handshake);
            Caller caller = new Caller(client.getSession().getPeerPrincipal().getName());
            converse(client, caller);
        } catch (MalformedTtlvException e) {
            LOG.warn("{} is cut off: {}", socket.getRemoteSocketAddress(), e.getMessage());
        } catch (IOException e) {
            LOG.debug("the connection of {} ended: {}", socket.getRemoteSocketAddress(), e.getMessage());
        }
    }

    private SSLSocket handshake() throws IOException {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        SSLSocket client = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        client.setUseClientMode(false);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setNeedClientAuth(true);
        client.setSSLParameters(parameters);
        client.startHandshake();
        return client;
    }

    private void converse(SSLSocket client, Caller caller) throws IOException {
        InputStream input = new BufferedInputStream(client.getInputStream(), BUFFER_BYTES);
        while (within(idle, "to ask for something", () -> hasMore(input))) {
            Optional<byte[]> request =
                    within(MESSAGE, "to send a request", () -> MessageFrame.read(input, MessageCodec.REQUEST, limits));
            if (request.isEmpty()) {
                return;
            }
            working = true;
            try {
                byte[] response = answer(request.get(), caller);
                within(MESSAGE, "to take a response", () -> write(client, response));
            } finally {
                working = false;
            }
        }
    }

    private static boolean hasMore(InputStream input) throws IOException {
        input.mark(1);
        boolean more = input.read() >= 0;
        if (more) {
            input.reset();
        }
        return more;
    }

    private byte[] answer(byte[] request, Caller caller) {
        try {
            return machine.respond(request, caller);
        } finally {
            Arrays.fill(request, (byte) 0);
        }
    }

    private static boolean write(SSLSocket client, byte[] response) throws IOException {
        try {
            client.getOutputStream().write(response);
            client.getOutputStream().flush();
            return true;
        } finally {
            Arrays.fill(response, (byte) 0);
        }
    }

    /** Takes a step, or closes the socket under it when its time is over. */
    private <T> T within(Duration time, String what, Step<T> step) throws IOException {
        Future<?> late = deadlines.schedule(
                () -> {
                    LOG.warn("{} is cut off: it takes too long {}", socket.getRemoteSocketAddress(), what);
                    close();
                },
                time.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return step.take();
        } finally {
            late.cancel(false);
        }
    }

    /** Returns whether a request is being answered. */
    boolean isWorking() {
        return working;
    }

    /** Ends the connection below TLS: a farewell could wait for a client that does not read. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("the connection of {} ended badly: {}", socket.getRemoteSocketAddress(), e.getMessage());
        }
    }
}
