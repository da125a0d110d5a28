package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Encrypt (KMIP 1.2 to 2.1). */
public final class Encrypt {
    private Encrypt() {}

    /** What is asked. */
    public record Request(
            @Nullable UniqueIdentifier uniqueIdentifier,
            @Nullable CryptographicParameters cryptographicParameters,
            @Nullable Bytes data,
            @Nullable Bytes ivCounterNonce,
            @Nullable Bytes correlationValue,
            @Nullable Boolean initIndicator,
            @Nullable Boolean finalIndicator,
            @Nullable Bytes authenticatedEncryptionAdditionalData)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(
            UniqueIdentifier uniqueIdentifier,
            @Nullable Bytes data,
            @Nullable Bytes ivCounterNonce,
            @Nullable Bytes correlationValue,
            @Nullable Bytes authenticatedEncryptionTag)
            implements KmipResponse {}
}
