package org.symbolon.kmip;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.MessageFrame;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvLimits;
import org.symbolon.kmip.ttlv.TtlvOutline;
import org.symbolon.transport.CallWatch;
import org.symbolon.transport.Patience;
import org.symbolon.transport.TlsConnection;

/** A TLS socket on which binary messages follow each other. */
final class SocketConnection implements KmipConnection {
    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

    private final TlsConnection tls;
    private final InputStream input;
    private final OutputStream output;
    private final CallWatch watch;
    private final TtlvLimits limits;
    private final TtlvEncoder encoder = new TtlvEncoder();
    private volatile boolean cut;
    private boolean answered;
    private int sent;
    private int received;
    private long idleSince = System.nanoTime();

    private SocketConnection(TlsConnection tls, CallWatch watch, TtlvLimits limits) throws IOException {
        this.tls = tls;
        this.input = new BufferedInputStream(tls.input());
        this.output = tls.output();
        this.watch = watch;
        this.limits = limits;
    }

    static KmipConnection open(
            ServerAddress server, SSLSocketFactory sockets, CallWatch watch, TtlvLimits limits, Deadline deadline)
            throws IOException {
        return new SocketConnection(
                TlsConnection.open(server.host(), server.port(), sockets, watch, deadline), watch, limits);
    }

    @Override
    public Ttlv exchange(Ttlv.Structure request, Deadline deadline, Patience patience) throws IOException {
        if (LOG.isTraceEnabled()) {
            LOG.trace("{}", TtlvOutline.of(request));
        }
        answered = false;
        received = 0;
        CallWatch.Call call = watch.watch(this::close, deadline, patience);
        try (call) {
            return exchange(request);
        } catch (IOException e) {
            throw call.wasCut() || call.wasGivenUp() ? late(e) : e;
        } finally {
            idleSince = System.nanoTime();
        }
    }

    private static SocketTimeoutException late(IOException e) {
        SocketTimeoutException late = new SocketTimeoutException("no answer in time");
        late.initCause(e);
        return late;
    }

    private Ttlv exchange(Ttlv.Structure request) throws IOException {
        send(request);
        byte[] message = MessageFrame.read(input, MessageCodec.RESPONSE, limits)
                .orElseThrow(() -> new EOFException("the server ended the connection instead of answering"));
        answered = true;
        received = message.length;
        Ttlv response = decoded(message);
        if (LOG.isTraceEnabled()) {
            LOG.trace("{}", TtlvOutline.of(response));
        }
        return response;
    }

    private Ttlv decoded(byte[] message) throws MalformedTtlvException {
        try {
            return TtlvDecoder.decode(message, limits);
        } catch (MalformedTtlvException e) {
            Arrays.fill(message, (byte) 0);
            throw e;
        }
    }

    private void send(Ttlv.Structure request) throws IOException {
        try {
            encoder.write(request);
            sent = encoder.length();
            output.write(encoder.buffer(), 0, encoder.length());
            output.flush();
        } finally {
            encoder.reset();
        }
    }

    @Override
    public boolean wasAnswered() {
        return answered;
    }

    @Override
    public long idleNanos() {
        return System.nanoTime() - idleSince;
    }

    @Override
    public boolean isQuiet() {
        try {
            return input.available() == 0;
        } catch (IOException e) {
            LOG.debug("a connection that idled is broken: {}", e.getMessage());
            return false;
        }
    }

    /** Reads without waiting: a server sends nothing of its own accord but its farewell. */
    @Override
    public boolean isOpen() {
        try {
            tls.socket().setSoTimeout(1);
            try {
                int unexpected = input.read();
                LOG.debug(
                        "the server {} a connection that idled",
                        unexpected < 0 ? "ended" : "sent something of itself on");
                return false;
            } catch (SocketTimeoutException e) {
                return true;
            } finally {
                tls.socket().setSoTimeout(0);
            }
        } catch (IOException e) {
            LOG.debug("a connection that idled is broken: {}", e.getMessage());
            return false;
        }
    }

    @Override
    public int bytesSent() {
        return sent;
    }

    @Override
    public int bytesReceived() {
        return received;
    }

    @Override
    public boolean isCut() {
        return cut;
    }

    @Override
    public void close() {
        cut = true;
        tls.cut();
    }
}
