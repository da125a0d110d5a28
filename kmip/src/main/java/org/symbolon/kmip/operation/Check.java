package org.symbolon.kmip.operation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Check (KMIP 1.0 to 2.1). */
public final class Check {
    private Check() {}

    /** What is asked. */
    public record Request(
            @Nullable UniqueIdentifier uniqueIdentifier,
            @Nullable Long usageLimitsCount,
            @Nullable CryptographicUsageMask cryptographicUsageMask,
            @Nullable Duration leaseTime)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(
            @Nullable UniqueIdentifier uniqueIdentifier,
            @Nullable Long usageLimitsCount,
            @Nullable CryptographicUsageMask cryptographicUsageMask,
            @Nullable Duration leaseTime)
            implements KmipResponse {}
}
