package org.symbolon.remote.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.symbolon.Deadline;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcMessage;

/** How messages travel on one connection. Used by one thread at a time. */
interface Wire extends AutoCloseable {
    /** Returns the form of messages. It may change with the reply to C_Initialize. */
    Dialect dialect();

    /** Does what the connection needs from time to time, while nothing is under way. */
    default void settle(Deadline deadline) throws IOException {}

    /**
     * Writes a request.
     *
     * @return what its reply is known by
     */
    long write(RpcMessage request, OutputStream out) throws IOException;

    /**
     * Reads a reply.
     *
     * @param asked the requests that wait for theirs
     */
    Answer read(Map<Long, RpcMessage> asked) throws IOException;

    /**
     * A reply.
     *
     * @param code what it is known by
     * @param message the reply
     */
    record Answer(long code, RpcMessage message) {}

    @Override
    default void close() {}
}
