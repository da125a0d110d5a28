package org.symbolon.kmip.operation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.Rights;
import org.symbolon.kmip.object.Ticket;
import org.symbolon.kmip.object.UsageLimits;

/** The operation Delegated Login (KMIP 2.0 to 2.1). */
public final class DelegatedLogin {
    private DelegatedLogin() {}

    /** What is asked. */
    public record Request(
            @Nullable Duration leaseTime,
            @Nullable Integer requestCount,
            @Nullable UsageLimits usageLimits,
            Rights rights)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(Ticket ticket) implements KmipResponse {}
}
