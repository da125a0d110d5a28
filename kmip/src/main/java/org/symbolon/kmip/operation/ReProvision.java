package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.Certificate;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.ttlv.Ttlv;

/** The operation Re Provision (KMIP 2.0 to 2.1). */
public final class ReProvision {
    private ReProvision() {}

    /** What is asked. */
    public record Request(
            @Nullable Ttlv certificateRequest, @Nullable Certificate certificate) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(@Nullable UniqueIdentifier uniqueIdentifier) implements KmipResponse {}
}
