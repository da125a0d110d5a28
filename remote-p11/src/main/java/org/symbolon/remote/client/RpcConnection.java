package org.symbolon.remote.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.remote.oncrpc.GssClient;
import org.symbolon.remote.oncrpc.GssRefusedException;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.remote.transport.CrushEndpoint;
import org.symbolon.remote.transport.KerberosEndpoint;
import org.symbolon.remote.transport.Transport;
import org.symbolon.remote.xdr.XdrCodec;
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
    private static final Bytes HANDSHAKE =
            Bytes.wrap("PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1".getBytes(StandardCharsets.US_ASCII));
    private static final int BUFFER_BYTES = 16 * 1024;

    private final EndpointHealth health;
    private final Transport transport;
    private final CallWatch watch;
    private final Wire wire;
    private volatile boolean broken;
    private Patience patience;

    private RpcConnection(EndpointHealth health, Transport transport, CallWatch watch, Wire wire) {
        this.health = health;
        this.patience = health.patienceToConnect();
        this.transport = transport;
        this.watch = watch;
        this.wire = wire;
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
        RpcConnection connection =
                health.endpoint() instanceof KerberosEndpoint || health.endpoint() instanceof CrushEndpoint
                        ? byOncRpc(health, watch, deadline)
                        : agreed(health, mechanisms, watch, deadline);
        try {
            connection.initialize(deadline);
        } catch (ConnectionLostException | TokenException e) {
            connection.close();
            throw e;
        }
        connection.mayMove(true);
        return connection;
    }

    private static RpcConnection byOncRpc(EndpointHealth health, CallWatch watch, Deadline deadline)
            throws ConnectionLostException, TokenException {
        Transport transport = connect(health, watch, deadline);
        InputStream input = new BufferedInputStream(transport.input(), BUFFER_BYTES);
        Wire wire = health.endpoint() instanceof KerberosEndpoint kerberos
                ? new OncRpcWire(new GssClient(
                        XdrCodec.PROGRAM, kerberos.service(), kerberos.tickets(), input, transport.output()))
                : new CrushWire(input, transport.output(), ((CrushEndpoint) health.endpoint()).module());
        return new RpcConnection(health, transport, watch, wire);
    }

    /** Connects and agrees on a version of p11-kit's protocol. */
    private static RpcConnection agreed(
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
        LOG.debug(
                "Connected to {} with protocol version {}",
                health,
                connection.dialect().version());
        return connection;
    }

    private static Transport connect(EndpointHealth health, CallWatch watch, Deadline deadline)
            throws ConnectionLostException, TokenException {
        deadline.check(health.toString());
        try {
            return health.endpoint().connect(watch, deadline);
        } catch (IOException e) {
            deadline.check(health.toString());
            throw new ConnectionLostException(health.toString(), "", e);
        }
    }

    /** Offers a version; returns null if the peer goes away without an answer. */
    private static @Nullable RpcConnection offer(
            EndpointHealth health,
            Optional<Dialect.Mechanisms> mechanisms,
            CallWatch watch,
            Deadline deadline,
            int version)
            throws ConnectionLostException, TokenException {
        Transport transport = connect(health, watch, deadline);
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
            return new RpcConnection(health, transport, watch, new P11KitWire(input, dialect));
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
    }

    Dialect dialect() {
        return wire.dialect();
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
            List<RpcMessage> replies = send(requests, deadline);
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
        if (e instanceof GssRefusedException) {
            throw new TokenAuthenticationException(
                    Status.ckr("CKR_USER_NOT_LOGGED_IN"),
                    health + " is not used: " + e.getMessage(),
                    OptionalInt.empty(),
                    e);
        }
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

    private List<RpcMessage> send(List<RpcMessage> requests, Deadline deadline) throws IOException {
        wire.settle(deadline);
        RpcMessage[] replies = new RpcMessage[requests.size()];
        Map<Long, Integer> places = new HashMap<>();
        Map<Long, RpcMessage> asked = new HashMap<>();
        WipedBuffer flight = new WipedBuffer();
        WipedBuffer one = new WipedBuffer();
        try {
            for (int index = 0; index < requests.size(); index++) {
                RpcMessage request = requests.get(index);
                long code = wire.write(request, one);
                LOG.trace("> {}", request);
                if (flight.size() > 0 && flight.size() + one.size() > FLIGHT_BYTES) {
                    fly(flight, asked, places, replies);
                }
                one.moveTo(flight);
                asked.put(code, request);
                places.put(code, index);
            }
            fly(flight, asked, places, replies);
        } finally {
            flight.wipe();
            one.wipe();
        }
        return List.of(replies);
    }

    /** Sends what was collected, and reads the replies to it. */
    private void fly(WipedBuffer flight, Map<Long, RpcMessage> asked, Map<Long, Integer> places, RpcMessage[] replies)
            throws IOException {
        flight.moveTo(transport.output());
        transport.output().flush();
        while (!asked.isEmpty()) {
            Wire.Answer answer = wire.read(asked);
            LOG.trace("< {}", answer.message());
            asked.remove(answer.code());
            replies[Objects.requireNonNull(places.get(answer.code()))] = answer.message();
        }
    }

    /** Collects what is sent together, perhaps with a PIN in it. */
    private static final class WipedBuffer extends ByteArrayOutputStream {
        WipedBuffer() {
            super(FLIGHT_BYTES / 4);
        }

        void moveTo(OutputStream out) throws IOException {
            writeTo(out);
            wipe();
        }

        void wipe() {
            Arrays.fill(buf, (byte) 0);
            reset();
        }
    }

    @Override
    public void close() {
        broken = true;
        wire.close();
        transport.close();
    }
}
