package org.symbolon.kmip.operation;

import org.symbolon.Bytes;

/** The operation Rng Retrieve (KMIP 1.2 to 2.1). */
public final class RngRetrieve {
    private RngRetrieve() {}

    /** What is asked. */
    public record Request(Integer dataLength) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(Bytes data) implements KmipResponse {}
}
