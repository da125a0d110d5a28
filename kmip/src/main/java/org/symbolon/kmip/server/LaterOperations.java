package org.symbolon.kmip.server;

import java.util.List;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.operation.Cancel;
import org.symbolon.kmip.operation.Poll;
import org.symbolon.kmip.operation.Process;
import org.symbolon.kmip.operation.QueryAsynchronousRequests;

/** Cancel and Query Asynchronous Requests (KMIP 2.1 section 6.1); Poll and Process have another operation's answer. */
final class LaterOperations {
    private final Asynchronous later;

    LaterOperations(Asynchronous later) {
        this.later = later;
    }

    void addTo(Handlers handlers) {
        handlers.answerLater(later);
        handlers.add(
                Cancel.Request.class,
                (request, batch) -> new Cancel.Response(
                        request.asynchronousCorrelationValue(), later.cancel(request.asynchronousCorrelationValue())));
        handlers.add(QueryAsynchronousRequests.Request.class, this::query);
        handlers.add(Poll.Request.class, (request, batch) -> {
            throw alone();
        });
        handlers.add(Process.Request.class, (request, batch) -> {
            throw alone();
        });
    }

    private static KmipFailure alone() {
        return new KmipFailure(ResultReason.INVALID_FIELD, "Poll and Process are asked for by themselves");
    }

    private QueryAsynchronousRequests.Response query(QueryAsynchronousRequests.Request request, Batch batch) {
        Bytes one = request.asynchronousCorrelationValues() == null
                ? null
                : request.asynchronousCorrelationValues().asynchronousCorrelationValue();
        return new QueryAsynchronousRequests.Response(later.requests(
                one == null ? List.of() : List.of(one),
                request.operations() == null ? List.of() : request.operations().operations()));
    }
}
