package org.symbolon.kmip.operation;

import org.symbolon.Bytes;

/** The operation Rng Seed (KMIP 1.2 to 2.1). */
public final class RngSeed {
    private RngSeed() {}

    /** What is asked. */
    public record Request(Bytes data) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(Integer dataLength) implements KmipResponse {}
}
