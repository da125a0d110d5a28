package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.Constraints;

/** The operation Set Constraints (KMIP 2.1). */
public final class SetConstraints {
    private SetConstraints() {}

    /** What is asked. */
    public record Request(@Nullable Constraints constraints) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response() implements KmipResponse {}
}
