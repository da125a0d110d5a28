package org.symbolon.remote.transport;

import java.io.IOException;
import org.symbolon.Deadline;
import org.symbolon.transport.CallWatch;

/** Where connections lead. Immutable and thread-safe; its {@code toString} is for messages and names no secret. */
public interface Endpoint {
    /**
     * Connects. Ends soon after the deadline, or after the calling thread was interrupted, whatever it waits for: a name
     * server, a full queue, a handshake, a program to start.
     *
     * @param watch what ends the wait
     * @param deadline until when it may take
     * @return the connection
     * @throws IOException if nobody is there, in time or at all, or it is not who it should be
     */
    Transport connect(CallWatch watch, Deadline deadline) throws IOException;

    /** {@return whether each connection takes a thread or a process of this machine at its other end, too} */
    default boolean isLocal() {
        return false;
    }
}
