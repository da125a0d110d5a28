package org.symbolon.kmip.operation;

import org.symbolon.Bytes;

/** The operation Poll (KMIP 1.0 to 2.1). */
public final class Poll {
    private Poll() {}

    /** What is asked. */
    public record Request(Bytes asynchronousCorrelationValue) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response() implements KmipResponse {}
}
