package org.symbolon.remote.transport;

import java.io.InputStream;
import java.io.OutputStream;
import org.symbolon.transport.CallWatch;

/** A connection: bytes in both directions. One thread reads and writes at a time; any thread may close it. */
public interface Transport extends AutoCloseable, CallWatch.Cut {
    /** {@return what the peer sends} */
    InputStream input();

    /** {@return what the peer is sent; whatever is written leaves at once} */
    OutputStream output();

    /** {@return what the transport knows of why the peer went away, in words; empty if nothing} */
    String lastWords();

    /** Ends the connection, and with it reads and writes that are under way. Idempotent, throws nothing. */
    @Override
    void close();

    /**
     * Ends the connection as {@link #close()} does, without waiting for a peer that does not react. Idempotent, throws
     * nothing.
     */
    @Override
    default void cut() {
        close();
    }
}
