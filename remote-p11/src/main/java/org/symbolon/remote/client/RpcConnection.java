package org.symbolon.remote.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.TokenException;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Capability;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.remote.transport.Transport;
import org.symbolon.transport.CallWatch;
import org.symbolon.transport.Patience;

/** A connection on which C_Initialize was done: requests go out, replies come back. Used by one thread at a time. */
final class RpcConnection implements AutoCloseable {
    /**
     * The most bytes that are under way before a reply is read: a peer that waits to write must not make us wait too. A request
     * that is larger goes alone.
     */
    private static final int FLIGHT_BYTES = 32 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(RpcConnection.class);
    private static final Bytes NAME = Bytes.wrap("symbolon".getBytes(StandardCharsets.US_ASCII));
    private static final Bytes HANDSHAKE =
            Bytes.wrap("PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1".getBytes(StandardCharsets.US_ASCII));
    private static final int FIRST_CODE = 0x10;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final EndpointHealth health;
    private final Transport transport;
    private final CallWatch watch;
    private final InputStream input;
    private Dialect dialect;
    private RpcCodec codec;
    private Set<Capability> agreed = Set.of();
    private int nextCode = FIRST_CODE;
    private volatile boolean broken;
    private Patience patience;

    private RpcConnection(
            EndpointHealth health, Transport transport, CallWatch watch, InputStream input, Dialect dialect) {
        this.health = health;
        this.patience = health.patienceToConnect();
        this.transport = transport;
        this.watch = watch;
        this.input = input;
        this.dialect = dialect;
        this.codec = new RpcCodec(dialect);
    }

    /**
     * Connects, agrees on a version and initializes.
     *
     * @param health where
     * @param mechanisms how mechanisms are written, if that does not follow from the version
     */
    static RpcConnection open(
            EndpointHealth health, Optional<Dialect.Mechanisms> mechanisms, CallWatch watch, Deadline deadline)
            throws ConnectionLostException, TokenException {
        RpcConnection connection = offer(health, mechanisms, watch, deadline, Dialect.NEWEST);
        if (connection == null) {
            // p11-kit up to 0.24.0 drops a connection that does not begin with 0
            connection = offer(health, mechanisms, watch, deadline, 0);
        }
        if (connection == null) {
            throw new ConnectionLostException(health.toString(), "", new EOFException("it does not answer"));
        }
        LOG.debug("Connected to {} with protocol version {}", health, connection.dialect.version());
        try {
            connection.initialize(deadline);
        } catch (ConnectionLostException | TokenException e) {
            connection.close();
            throw e;
        }
        connection.mayMove(true);
        return connection;
    }

    /** Offers a version; returns null if the peer goes away without an answer. */
    private static @Nullable RpcConnection offer(
            EndpointHealth health,
            Optional<Dialect.Mechanisms> mechanisms,
            CallWatch watch,
            Deadline deadline,
            int version)
            throws ConnectionLostException, TokenException {
        deadline.check(health.toString());
        Transport transport;
        try {
            transport = health.endpoint().connect(watch, deadline);
        } catch (IOException e) {
            deadline.check(health.toString());
            throw new ConnectionLostException(health.toString(), "", e);
        }
        CallWatch.Call call = watch.watch(transport, deadline, health.patienceToConnect());
        try (call) {
            transport.output().write(version);
            transport.output().flush();
            InputStream input = new BufferedInputStream(transport.input(), BUFFER_BYTES);
            int answer = input.read();
            if (answer < 0 && version > 0 && !call.wasCut() && !call.wasGivenUp()) {
                transport.close();
                return null;
            }
            Dialect dialect = dialect(answer, version, mechanisms);
            return new RpcConnection(health, transport, watch, input, dialect);
        } catch (IOException e) {
            throw lost(health, transport, call, deadline, e);
        }
    }

    private static Dialect dialect(int answer, int offered, Optional<Dialect.Mechanisms> mechanisms)
            throws IOException {
        if (answer < 0) {
            throw new EOFException("it ended before it answered");
        }
        if (answer > offered) {
            throw new IOException("it answered with version " + answer + " of the protocol, " + offered
                    + " was offered; is this PKCS #11 RPC?");
        }
        Dialect dialect = Dialect.of(answer);
        return mechanisms.map(dialect::with).orElse(dialect);
    }

    /** Initializes, and agrees with a server of ours on what both can beyond p11-kit's protocol. */
    private void initialize(Deadline deadline) throws ConnectionLostException, TokenException {
        call(
                RpcMessage.of(RpcCall.INITIALIZE, new Data(HANDSHAKE), new Octet(0), new Data(Bytes.of((byte) 0))),
                deadline);
        if (!agreed.isEmpty()) {
            dialect = dialect.with(agreed);
            codec = new RpcCodec(dialect);
            LOG.debug("{} has {}", health, agreed);
        }
    }

    Dialect dialect() {
        return dialect;
    }

    EndpointHealth health() {
        return health;
    }

    /** Says whether the calls that follow could as well be made on another connection. */
    void mayMove(boolean mayMove) {
        patience = mayMove ? health.patience() : Patience.ENDLESS;
    }

    boolean isBroken() {
        return broken;
    }

    /**
     * Makes one call.
     *
     * @throws TokenException if the peer says that it failed
     * @throws ConnectionLostException if there is no answer
     */
    RpcMessage call(RpcMessage request, Deadline deadline) throws ConnectionLostException, TokenException {
        RpcMessage reply = exchange(List.of(request), deadline).get(0);
        Failures.check(reply);
        return reply;
    }

    /**
     * Makes several calls in one flight; the peer does them in their order, whether or not one fails.
     *
     * @return a reply to each, which may be that it failed
     */
    List<RpcMessage> exchange(List<RpcMessage> requests, Deadline deadline)
            throws ConnectionLostException, TokenException {
        deadline.check(health.toString());
        if (broken) {
            throw new ConnectionLostException(health.toString(), "", new EOFException("it had ended before"));
        }
        CallWatch.Call call = watch.watch(transport, deadline, patience);
        try (call) {
            List<RpcMessage> replies = send(requests);
            health.answered();
            return replies;
        } catch (IOException e) {
            broken = true;
            throw lost(health, transport, call, deadline, e);
        }
    }

    private static ConnectionLostException lost(
            EndpointHealth health, Transport transport, CallWatch.Call call, Deadline deadline, IOException e)
            throws TokenException {
        boolean interrupted = Thread.currentThread().isInterrupted()
                || (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException));
        transport.close();
        if (interrupted) {
            throw deadline.interrupted(health.toString(), null);
        }
        if (call.wasCut() || deadline.isPassed()) {
            throw deadline.missed(health.toString());
        }
        if (call.wasGivenUp()) {
            return new ConnectionLostException(health.toString(), "", new IOException("it answers nothing", e));
        }
        return new ConnectionLostException(health.toString(), transport.lastWords(), e);
    }

    private List<RpcMessage> send(List<RpcMessage> requests) throws IOException {
        Map<Integer, RpcMessage> replies = new HashMap<>();
        int firstCode = nextCode;
        int sent = 0;
        while (sent < requests.size()) {
            int end = writeFlight(requests, sent);
            Map<Integer, RpcMessage> asked = new HashMap<>();
            for (; sent < end; sent++) {
                asked.put(firstCode + sent, requests.get(sent));
            }
            while (!asked.isEmpty()) {
                readReply(asked, replies);
            }
        }
        nextCode = firstCode + requests.size() < 0 ? FIRST_CODE : firstCode + requests.size();
        List<RpcMessage> inOrder = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            inOrder.add(Objects.requireNonNull(replies.get(firstCode + i)));
        }
        return inOrder;
    }

    /** Writes as many requests as may be under way at once, and returns the index of the first that was not written. */
    private int writeFlight(List<RpcMessage> requests, int start) throws IOException {
        WipedBuffer flight = new WipedBuffer();
        int index = start;
        try {
            boolean fits = true;
            while (fits && index < requests.size()) {
                byte[] frame = frame(requests.get(index), nextCode + index);
                fits = index == start || flight.size() + frame.length <= FLIGHT_BYTES;
                if (fits) {
                    flight.writeBytes(frame);
                    LOG.trace("> {}", requests.get(index));
                    index++;
                }
                Arrays.fill(frame, (byte) 0);
            }
            flight.writeTo(transport.output());
            transport.output().flush();
        } finally {
            flight.wipe();
        }
        return index;
    }

    private byte[] frame(RpcMessage request, int code) throws IOException {
        byte[] body = codec.encodeRequest(request);
        try {
            Bytes options = request.call() == RpcCall.INITIALIZE ? Capability.offer() : NAME;
            return new RpcFrame(code, options, Bytes.wrap(body)).encode();
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    private void readReply(Map<Integer, RpcMessage> asked, Map<Integer, RpcMessage> replies) throws IOException {
        RpcFrame frame = RpcFrame.read(input)
                .orElseThrow(
                        () -> new EOFException("it ended without an answer, as it does when a request is malformed"));
        RpcMessage request = asked.remove(frame.code());
        if (request == null) {
            throw new IOException("it answered to code " + frame.code() + ", which nothing waits for");
        }
        RpcMessage reply =
                codec.decodeReply(frame.body().sharedArray(), request).message();
        frame.wipe();
        if (reply.call() == RpcCall.INITIALIZE) {
            agreed = Capability.answered(frame.options());
        }
        LOG.trace("< {}", reply);
        replies.put(frame.code(), reply);
    }

    /** Collects what is sent together, perhaps with a PIN in it. */
    private static final class WipedBuffer extends ByteArrayOutputStream {
        WipedBuffer() {
            super(FLIGHT_BYTES / 4);
        }

        void wipe() {
            Arrays.fill(buf, (byte) 0);
        }
    }

    @Override
    public void close() {
        broken = true;
        transport.close();
    }
}
