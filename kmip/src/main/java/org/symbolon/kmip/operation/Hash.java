package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.object.CryptographicParameters;

/** The operation Hash (KMIP 1.2 to 2.1). */
public final class Hash {
    private Hash() {}

    /** What is asked. */
    public record Request(
            CryptographicParameters cryptographicParameters,
            @Nullable Bytes data,
            @Nullable Bytes correlationValue,
            @Nullable Boolean initIndicator,
            @Nullable Boolean finalIndicator)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(@Nullable Bytes data, @Nullable Bytes correlationValue) implements KmipResponse {}
}
