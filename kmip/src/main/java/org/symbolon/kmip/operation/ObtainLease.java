package org.symbolon.kmip.operation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Obtain Lease (KMIP 1.0 to 2.1). */
public final class ObtainLease {
    private ObtainLease() {}

    /** What is asked. */
    public record Request(@Nullable UniqueIdentifier uniqueIdentifier) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(UniqueIdentifier uniqueIdentifier, Duration leaseTime, Instant lastChangeDate)
            implements KmipResponse {}
}
