package org.symbolon.kmip;

import java.io.IOException;
import org.symbolon.Deadline;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.transport.Patience;

/** A connection: requests go out, responses come back in their order. Used by one thread at a time; after a failure never again. */
interface KmipConnection extends AutoCloseable {
    /**
     * Sends a request and reads what comes back: to be released when its values were read.
     *
     * @throws java.net.SocketTimeoutException if the deadline passes, the patience is over or the thread is interrupted
     * @throws NotSentException if no connection came about
     * @throws IOException if the connection fails, or what comes back is no response
     */
    Ttlv exchange(Ttlv.Structure request, Deadline deadline, Patience patience) throws IOException;

    /** {@return whether anything came back to the last request} */
    boolean wasAnswered();

    /** {@return the nanoseconds since it was used} */
    long idleNanos();

    /** {@return whether nothing came that was not asked for: the next answer would be taken for another} */
    boolean isQuiet();

    /** {@return whether this side has ended it, be it after its last answer} */
    boolean isCut();

    /** {@return whether the server has not ended it, as far as can be seen without waiting} */
    boolean isOpen();

    /** {@return how many bytes the last request had} */
    int bytesSent();

    /** {@return how many bytes the last response had} */
    int bytesReceived();

    /** Ends the connection, and with it reads and writes that are under way. Idempotent. */
    @Override
    void close();

    /** Makes connections to one server. */
    @FunctionalInterface
    interface Opening {
        /** Connects, within the deadline. */
        KmipConnection open(Deadline deadline) throws IOException;
    }
}
