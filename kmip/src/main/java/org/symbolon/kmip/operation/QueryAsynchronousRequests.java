package org.symbolon.kmip.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.AsynchronousCorrelationValues;
import org.symbolon.kmip.object.AsynchronousRequest;
import org.symbolon.kmip.object.Operations;

/** The operation Query Asynchronous Requests (KMIP 2.1). */
public final class QueryAsynchronousRequests {
    private QueryAsynchronousRequests() {}

    /** What is asked. */
    public record Request(
            @Nullable AsynchronousCorrelationValues asynchronousCorrelationValues,
            @Nullable Operations operations) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(List<AsynchronousRequest> asynchronousRequests) implements KmipResponse {
        public Response {
            asynchronousRequests = List.copyOf(asynchronousRequests);
        }
    }
}
