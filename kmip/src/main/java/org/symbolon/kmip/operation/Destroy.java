package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Destroy (KMIP 1.0 to 2.1). */
public final class Destroy {
    private Destroy() {}

    /** What is asked. */
    public record Request(@Nullable UniqueIdentifier uniqueIdentifier) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(UniqueIdentifier uniqueIdentifier) implements KmipResponse {}
}
