package org.symbolon.kmip;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
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

/** A connection: requests go out, responses come back in their order. Used by one thread at a time; after a failure never again. */
final class KmipConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KmipConnection.class);

    private final Socket plain;
    private final InputStream input;
    private final OutputStream output;
    private final DeadlineWatch watch;
    private final TtlvLimits limits;
    private final TtlvEncoder encoder = new TtlvEncoder();
    private boolean answered;
    private long idleSince = System.nanoTime();

    private KmipConnection(ServerAddress.Sockets sockets, DeadlineWatch watch, TtlvLimits limits) throws IOException {
        this.plain = sockets.plain();
        this.input = new BufferedInputStream(sockets.tls().getInputStream());
        this.output = sockets.tls().getOutputStream();
        this.watch = watch;
        this.limits = limits;
    }

    static KmipConnection open(ServerAddress server, DeadlineWatch watch, TtlvLimits limits, Deadline deadline)
            throws IOException {
        return new KmipConnection(server.connect(watch, deadline), watch, limits);
    }

    /**
     * Sends a request and reads what comes back: to be released when its values were read.
     *
     * @throws IOException if the connection fails, the deadline passes, or what comes back is no response
     */
    Ttlv exchange(Ttlv.Structure request, Deadline deadline) throws IOException {
        if (LOG.isTraceEnabled()) {
            LOG.trace("{}", TtlvOutline.of(request));
        }
        DeadlineWatch.Call call = watch.watch(plain, deadline);
        answered = false;
        try {
            send(request);
            byte[] message = MessageFrame.read(input, MessageCodec.RESPONSE, limits)
                    .orElseThrow(() -> new EOFException("the server ended the connection instead of answering"));
            answered = true;
            Ttlv response = decoded(message);
            if (LOG.isTraceEnabled()) {
                LOG.trace("{}", TtlvOutline.of(response));
            }
            return response;
        } finally {
            call.close();
            idleSince = System.nanoTime();
        }
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
            output.write(encoder.buffer(), 0, encoder.length());
            output.flush();
        } finally {
            encoder.reset();
        }
    }

    /** {@return whether the last request was answered} */
    boolean wasAnswered() {
        return answered;
    }

    /** {@return the nanoseconds since it was used} */
    long idleNanos() {
        return System.nanoTime() - idleSince;
    }

    @Override
    public void close() {
        DeadlineWatch.cut(plain);
    }
}
