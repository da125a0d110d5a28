package org.symbolon.kmip.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.symbolon.TokenException;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.ttlv.Ttlv;

/** What a {@link KmipFaults} does with the messages that come, before its faults disturb the answers. Called by many threads. */
@FunctionalInterface
public interface KmipHandler extends AutoCloseable {
    /**
     * Answers a message.
     *
     * @param request a Request Message
     * @return the Response Message
     * @throws IOException if the connection shall end instead
     */
    Ttlv.Structure answer(Ttlv.Structure request) throws IOException;

    /** Ends what the handler holds. Does nothing unless a handler says otherwise. */
    @Override
    default void close() {}

    /** Does one operation. */
    @FunctionalInterface
    interface Operations {
        /**
         * Does an operation.
         *
         * @param request what is asked
         * @return what comes back
         * @throws TokenException to refuse it: with the result reason whose number its status has, General Failure if there is none
         */
        KmipResponse answer(KmipRequest<?> request) throws TokenException;
    }

    /**
     * Returns a handler that does the items of a batch one by one, whatever their number, in the version of the request. Discover
     * Versions is answered with every version that Symbolon speaks and not handed on. A batch stops at its first failure, unless
     * the request says Continue.
     *
     * @param operations does them
     * @return the handler
     */
    static KmipHandler of(Operations operations) {
        return new OperationsHandler(operations);
    }

    /**
     * Returns a handler that hands each message on to a real server, and its answer back.
     *
     * @param server where it listens
     * @param tls how to reach it: whom to trust, and the client that the server lets in; its name is not checked
     * @return the handler
     */
    static KmipHandler inFrontOf(InetSocketAddress server, SSLContext tls) {
        return new RelayHandler(server, tls);
    }
}
