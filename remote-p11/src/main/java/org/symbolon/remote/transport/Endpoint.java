package org.symbolon.remote.transport;

import java.io.IOException;
import java.time.Duration;

/** Where connections lead. Immutable and thread-safe; its {@code toString} is for messages and names no secret. */
public interface Endpoint {
    /**
     * Connects.
     *
     * @param timeout how long it may take
     * @return the connection
     * @throws IOException if nobody is there, in time or at all, or it is not who it should be
     */
    Transport connect(Duration timeout) throws IOException;
}
