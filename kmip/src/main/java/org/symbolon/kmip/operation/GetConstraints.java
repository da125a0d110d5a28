package org.symbolon.kmip.operation;

import org.symbolon.kmip.object.Constraints;

/** The operation Get Constraints (KMIP 2.1). */
public final class GetConstraints {
    private GetConstraints() {}

    /** What is asked. */
    public record Request() implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(Constraints constraints) implements KmipResponse {}
}
