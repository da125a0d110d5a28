package org.symbolon.kmip.operation;

import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.CancellationResult;

/** The operation Cancel (KMIP 1.0 to 2.1). */
public final class Cancel {
    private Cancel() {}

    /** What is asked. */
    public record Request(Bytes asynchronousCorrelationValue) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(Bytes asynchronousCorrelationValue, CancellationResult cancellationResult)
            implements KmipResponse {}
}
