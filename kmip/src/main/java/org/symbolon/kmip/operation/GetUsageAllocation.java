package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Get Usage Allocation (KMIP 1.0 to 2.1). */
public final class GetUsageAllocation {
    private GetUsageAllocation() {}

    /** What is asked. */
    public record Request(@Nullable UniqueIdentifier uniqueIdentifier, Long usageLimitsCount)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(UniqueIdentifier uniqueIdentifier) implements KmipResponse {}
}
