package org.symbolon.remote.client;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.ObjectId;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenInfo;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.DataLength;
import org.symbolon.remote.rpc.Argument.NoData;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;

/**
 * A connection that sits on one token with one login: to the module at the other end, an application. Used by one thread at a
 * time.
 *
 * <p>Of its PKCS #11 sessions the first holds the login and the session objects and does nothing that could leave an operation
 * half done; the second does what is begun and ended in one call; each stream has one to itself.
 */
final class TokenConnection implements AutoCloseable {
    private static final long RW_SESSION = 2;
    private static final long SERIAL_SESSION = 4;
    private static final long CKU_SO = 0;
    private static final long CKU_USER = 1;
    private static final long CKU_CONTEXT_SPECIFIC = 2;
    private static final long RO_USER_FUNCTIONS = 1;
    private static final long RW_USER_FUNCTIONS = 3;
    private static final long RW_SO_FUNCTIONS = 4;
    private static final int MAX_SLOTS = 1024;
    private static final int MAX_HANDLES = 4096;
    private static final int STATE = 1;

    private final RpcConnection rpc;
    private final String id;
    private final Role role;
    private final boolean loggedIn;
    private final long slot;
    private final long flags;
    private final long home;
    private final WireAttributes attributes;
    private final WireMechanisms mechanisms;
    private final Deque<Long> spareSessions = new ArrayDeque<>();
    private final Map<ObjectId, Long> handles = new ConcurrentHashMap<>();
    private final AtomicInteger bound = new AtomicInteger();

    private TokenConnection(
            RpcConnection rpc, String id, Credential credential, long slot, long flags, Deadline deadline)
            throws TokenException, ConnectionLostException {
        this.rpc = rpc;
        this.id = id;
        this.role = credential.role();
        this.loggedIn = credential.logsIn();
        this.slot = slot;
        this.flags = flags;
        this.attributes = new WireAttributes(rpc.dialect());
        this.mechanisms = new WireMechanisms(rpc.dialect());
        this.home = openSession(deadline);
    }

    /**
     * Finds the token, opens a session and logs in.
     *
     * @param id by which this connection's session objects are known
     */
    static TokenConnection open(
            RpcConnection rpc, String id, TokenName token, Credential credential, boolean readOnly, Deadline deadline)
            throws TokenException, ConnectionLostException {
        boolean done = false;
        try {
            long slot = findSlot(rpc, token, deadline);
            long flags = SERIAL_SESSION | (readOnly ? 0 : RW_SESSION);
            TokenConnection connection = new TokenConnection(rpc, id, credential, slot, flags, deadline);
            connection.logIn(credential, deadline);
            done = true;
            return connection;
        } finally {
            if (!done) {
                rpc.close();
            }
        }
    }

    private static long findSlot(RpcConnection rpc, TokenName token, Deadline deadline)
            throws TokenException, ConnectionLostException {
        List<Long> slots = slots(rpc, true, deadline);
        List<RpcMessage> requests = slots.stream()
                .map(slot -> RpcMessage.of(RpcCall.GET_TOKEN_INFO, new Ulong(slot)))
                .toList();
        List<RpcMessage> replies = rpc.exchange(requests, deadline);
        for (int i = 0; i < replies.size(); i++) {
            RpcMessage reply = replies.get(i);
            if (reply.failure() == 0 && TokenName.of(TokenInfos.token(reply)).equals(token)) {
                return slots.get(i);
            }
        }
        throw new TokenUnavailableException(
                Status.ckr("CKR_TOKEN_NOT_PRESENT"),
                rpc.health() + " shows no token with the serial number " + token.serialNumber());
    }

    /** Lists slots. Some modules look for changes only when they are asked how many there are, so that is asked first. */
    static List<Long> slots(RpcConnection rpc, boolean withToken, Deadline deadline)
            throws TokenException, ConnectionLostException {
        Argument.Octet tokenPresent = new Argument.Octet(withToken ? 1 : 0);
        List<RpcMessage> replies = rpc.exchange(
                List.of(
                        RpcMessage.of(RpcCall.GET_SLOT_LIST, tokenPresent, new Argument.Buffer(0)),
                        RpcMessage.of(RpcCall.GET_SLOT_LIST, tokenPresent, new Argument.Buffer(MAX_SLOTS))),
                deadline);
        Failures.check(replies.get(1));
        return ulongs(replies.get(1), MAX_SLOTS);
    }

    static List<Long> ulongs(RpcMessage reply, int max) throws TokenException {
        if (reply.get(0) instanceof Ulongs ulongs) {
            if (ulongs.values().size() > max) {
                throw new TokenProtocolException(
                        Status.ckr("CKR_DEVICE_ERROR"),
                        "the peer answered with " + ulongs.values().size() + " numbers, " + max + " were asked for");
            }
            return ulongs.values();
        }
        throw Failures.of(Status.ckr("CKR_BUFFER_TOO_SMALL"), "the peer has more than was asked for");
    }

    private void logIn(Credential credential, Deadline deadline) throws TokenException, ConnectionLostException {
        if (!credential.logsIn()) {
            return;
        }
        Optional<byte[]> pin = credential.pin();
        mayMove(credential.mayBeLost());
        try {
            login(home, role == Role.SECURITY_OFFICER ? CKU_SO : CKU_USER, pin, deadline);
            credential.accepted();
        } catch (ConnectionLostException e) {
            if (credential.survivesLoss()) {
                throw e;
            }
            throw e.toTokenException();
        } finally {
            pin.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
        }
    }

    /** Shows a PIN. That counts as a try: one that is lost may have counted. */
    private void login(long session, long user, Optional<byte[]> pin, Deadline deadline)
            throws TokenException, ConnectionLostException {
        RpcMessage request = RpcMessage.of(
                RpcCall.LOGIN,
                new Ulong(session),
                new Ulong(user),
                pin.<Argument>map(bytes -> new Data(Bytes.wrap(bytes))).orElse(new NoData()));
        RpcMessage reply = exchange(List.of(request), deadline).get(0);
        if (Failures.is(reply, "CKR_USER_ALREADY_LOGGED_IN")) {
            throw new TokenProtocolException(
                    Status.ckr("CKR_USER_ALREADY_LOGGED_IN"),
                    "somebody else's login holds for this new connection: the server keeps its clients not apart, "
                            + "and did not look at the PIN");
        }
        Failures.check(reply);
    }

    /** Shows the PIN once more, for a key that wants it at each use; the operation in the session is begun. */
    void authenticate(long session, byte[] pin, Deadline deadline) throws TokenException {
        try {
            login(session, CKU_CONTEXT_SPECIFIC, Optional.of(pin), deadline);
        } catch (ConnectionLostException e) {
            throw e.toTokenException();
        }
    }

    // ---- calls

    RpcMessage call(Deadline deadline, RpcCall call, Argument... arguments)
            throws TokenException, ConnectionLostException {
        return rpc.call(RpcMessage.of(call, arguments), deadline);
    }

    List<RpcMessage> exchange(List<RpcMessage> requests, Deadline deadline)
            throws TokenException, ConnectionLostException {
        return rpc.exchange(requests, deadline);
    }

    /** Returns the bytes of a reply, or how many there are if the buffer was too small. */
    static Argument bytes(RpcMessage reply) throws TokenException {
        Failures.check(reply);
        return reply.get(0);
    }

    /** Returns the handle that a reply gives. */
    static long handle(RpcMessage reply) throws TokenException {
        Failures.check(reply);
        return reply.ulong(0);
    }

    static byte[] content(Argument bytes) throws TokenException {
        if (bytes instanceof Data data) {
            return data.bytes().toByteArray();
        } else if (bytes instanceof DataLength length && length.length() > 0) {
            throw Failures.of(Status.ckr("CKR_BUFFER_TOO_SMALL"), "the answer has " + length.length() + " bytes");
        }
        return new byte[0];
    }

    // ---- sessions

    /** The session that holds the login and the session objects. */
    long home() {
        return home;
    }

    private long takeSession(Deadline deadline) throws TokenException, ConnectionLostException {
        Long spare = spareSessions.poll();
        return spare != null ? spare : openSession(deadline);
    }

    /** Takes a session back in which nothing is begun. */
    void returnSession(long session) {
        spareSessions.push(session);
    }

    /** Closes a session in which something may be begun. */
    void dropSession(long session, Deadline deadline) throws TokenException, ConnectionLostException {
        if (!rpc.isBroken()) {
            exchange(List.of(RpcMessage.of(RpcCall.CLOSE_SESSION, new Ulong(session))), deadline);
        }
    }

    /** What is done in a session. */
    @FunctionalInterface
    interface InSession<R> {
        R run(long session) throws TokenException, ConnectionLostException;
    }

    /** Does something in a session from beginning to end. */
    <R> R inSession(Deadline deadline, InSession<R> work) throws TokenException, ConnectionLostException {
        return beginInSession(deadline, session -> {
            R result = work.run(session);
            returnSession(session);
            return result;
        });
    }

    /** Begins something in a session; if that fails the session is closed, and the failure stays what the caller hears of. */
    <R> R beginInSession(Deadline deadline, InSession<R> work) throws TokenException, ConnectionLostException {
        long session = takeSession(deadline);
        boolean settled = false;
        try {
            R result = work.run(session);
            settled = true;
            return result;
        } catch (TokenException | ConnectionLostException e) {
            settled = true;
            dropAfter(e, session, deadline);
            throw e;
        } finally {
            if (!settled) {
                dropSession(session, deadline);
            }
        }
    }

    private void dropAfter(Exception failure, long session, Deadline deadline) {
        try {
            dropSession(session, deadline);
        } catch (TokenException | ConnectionLostException e) {
            failure.addSuppressed(e);
        }
    }

    private long openSession(Deadline deadline) throws TokenException, ConnectionLostException {
        return call(deadline, RpcCall.OPEN_SESSION, new Ulong(slot), new Ulong(flags))
                .ulong(0);
    }

    /** Makes sure that the connection is alive and its login holds, before something that cannot be done twice. */
    boolean isAlive(Deadline deadline) throws TokenException, ConnectionLostException {
        RpcMessage reply = exchange(List.of(RpcMessage.of(RpcCall.GET_SESSION_INFO, new Ulong(home))), deadline)
                .get(0);
        if (reply.failure() != 0) {
            return false;
        }
        long state = reply.ulong(STATE);
        if (!loggedIn) {
            return true;
        }
        return role == Role.SECURITY_OFFICER
                ? state == RW_SO_FUNCTIONS
                : state == RO_USER_FUNCTIONS || state == RW_USER_FUNCTIONS;
    }

    TokenInfo tokenInfo(Deadline deadline) throws TokenException, ConnectionLostException {
        return TokenInfos.token(call(deadline, RpcCall.GET_TOKEN_INFO, new Ulong(slot)));
    }

    // ---- what is known

    String id() {
        return id;
    }

    WireAttributes attributes() {
        return attributes;
    }

    WireMechanisms mechanisms() {
        return mechanisms;
    }

    Dialect dialect() {
        return rpc.dialect();
    }

    EndpointHealth health() {
        return rpc.health();
    }

    /** Says whether the calls that follow could as well be made on another connection. */
    void mayMove(boolean mayMove) {
        rpc.mayMove(mayMove);
    }

    /** Binds something that lasts longer than a call: it ends with this connection. */
    void bind() {
        bound.incrementAndGet();
    }

    /** Lets go of what was bound. */
    void unbind() {
        bound.decrementAndGet();
    }

    /** Whether something is bound to this connection and would be lost with it. */
    boolean isBound() {
        return bound.get() > 0;
    }

    boolean isBroken() {
        return rpc.isBroken();
    }

    Optional<Long> knownHandle(ObjectId object) {
        return Optional.ofNullable(handles.get(object));
    }

    void remember(ObjectId object, long handle) {
        if (handles.size() >= MAX_HANDLES) {
            handles.clear();
        }
        handles.put(object, handle);
    }

    /** Forgets the handle of an object; returns whether there was one. Any thread may. */
    boolean forget(ObjectId object) {
        return handles.remove(object) != null;
    }

    @Override
    public void close() {
        rpc.close();
    }
}
