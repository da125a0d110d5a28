package org.symbolon.remote.client;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.TokenException;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.DataLength;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;

/**
 * Where an operation takes place that has begun: a PKCS #11 session of its own. It cannot move to another connection: if its
 * own is lost, so is what it was given. Used by one thread at a time.
 */
final class OperationPlace {
    private static final Logger LOG = LoggerFactory.getLogger(OperationPlace.class);

    private final ConnectionPool pool;
    private final TokenConnection connection;
    private final long session;
    private final Duration timeout;
    private boolean over;

    /**
     * Makes the place.
     *
     * @param timeout how long each step may take
     */
    OperationPlace(ConnectionPool pool, TokenConnection connection, long session, Duration timeout) {
        this.pool = pool;
        this.connection = connection;
        this.session = session;
        this.timeout = timeout;
        connection.bind();
    }

    Ulong session() {
        return new Ulong(session);
    }

    void requireRunning() {
        if (over) {
            throw new IllegalStateException("the operation has ended");
        }
    }

    /** Makes a call, whose reply may be that it failed. */
    RpcMessage exchange(RpcMessage request) throws TokenException {
        Deadline deadline = Deadline.after(timeout);
        return pool.callOn(
                connection,
                deadline,
                on -> on.exchange(List.of(request), deadline).get(0));
    }

    RpcMessage call(RpcMessage request) throws TokenException {
        RpcMessage reply = exchange(request);
        Failures.check(reply);
        return reply;
    }

    /** Makes a request for bytes, given the buffer for them. */
    @FunctionalInterface
    interface Question {
        RpcMessage with(Buffer buffer);
    }

    /** Asks for bytes, once more if the buffer turns out too small. */
    byte[] ask(long capacity, Question question) throws TokenException {
        RpcMessage reply = call(question.with(new Buffer(Math.min(capacity, RpcFrame.MAX_BODY_BYTES))));
        if (reply.get(0) instanceof DataLength needed
                && needed.length() > 0
                && needed.length() <= RpcFrame.MAX_BODY_BYTES) {
            reply = call(question.with(new Buffer(needed.length())));
        }
        return TokenConnection.content(reply.get(0));
    }

    /** Gives the session back: the operation has come to its end. */
    void succeeded() throws TokenException {
        over = true;
        pool.callOn(connection, Deadline.after(timeout), on -> {
            on.unbind();
            on.returnSession(session);
            return true;
        });
    }

    /** Gives the operation up, unless it has ended. */
    void abandon() {
        if (over) {
            return;
        }
        over = true;
        if (pool.isClosed()) {
            return; // and the connection with it
        }
        Deadline deadline = Deadline.after(timeout);
        try {
            pool.callOn(connection, deadline, on -> {
                on.unbind();
                on.dropSession(session, deadline);
                return true;
            });
        } catch (TokenException e) {
            LOG.debug("An operation that was given up ended with its connection: {}", e.getMessage());
        }
    }
}
