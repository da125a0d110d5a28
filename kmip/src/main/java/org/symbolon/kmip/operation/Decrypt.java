package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Decrypt (KMIP 1.2 to 2.1). */
public final class Decrypt {
    private Decrypt() {}

    /** What is asked. */
    public record Request(
            @Nullable UniqueIdentifier uniqueIdentifier,
            @Nullable CryptographicParameters cryptographicParameters,
            @Nullable Bytes data,
            @Nullable Bytes ivCounterNonce,
            @Nullable Bytes correlationValue,
            @Nullable Boolean initIndicator,
            @Nullable Boolean finalIndicator,
            @Nullable Bytes authenticatedEncryptionAdditionalData,
            @Nullable Bytes authenticatedEncryptionTag)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(
            UniqueIdentifier uniqueIdentifier,
            @Nullable Bytes data,
            @Nullable Bytes correlationValue) implements KmipResponse {}
}
