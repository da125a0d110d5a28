package org.symbolon.kmip.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.RevocationReason;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Revoke (KMIP 1.0 to 2.1). */
public final class Revoke {
    private Revoke() {}

    /** What is asked. */
    public record Request(
            @Nullable UniqueIdentifier uniqueIdentifier,
            RevocationReason revocationReason,
            @Nullable Instant compromiseOccurrenceDate)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(UniqueIdentifier uniqueIdentifier) implements KmipResponse {}
}
