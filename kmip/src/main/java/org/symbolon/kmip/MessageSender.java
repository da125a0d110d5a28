package org.symbolon.kmip;

import java.util.List;
import java.util.function.Supplier;
import org.symbolon.TokenException;
import org.symbolon.kmip.operation.KmipRequest;

/** Sends messages to the node that is first in line. */
interface MessageSender {
    /** Sends requests as one message; one outcome for each comes back. */
    List<Exchange.Outcome> send(List<? extends KmipRequest<?>> requests, Exchange.BatchOptions options, CallScope scope)
            throws TokenException;

    /** {@return what is remembered of the node that is first in line, made with the first question} */
    <T> T remembered(Class<T> type, Supplier<T> first);
}
