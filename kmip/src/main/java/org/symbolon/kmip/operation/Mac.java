package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Mac (KMIP 1.2 to 2.1). */
public final class Mac {
    private Mac() {}

    /** What is asked. */
    public record Request(
            @Nullable UniqueIdentifier uniqueIdentifier,
            @Nullable CryptographicParameters cryptographicParameters,
            @Nullable Bytes data,
            @Nullable Bytes correlationValue,
            @Nullable Boolean initIndicator,
            @Nullable Boolean finalIndicator)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(
            UniqueIdentifier uniqueIdentifier,
            @Nullable Bytes macData,
            @Nullable Bytes correlationValue) implements KmipResponse {}
}
