package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.DefaultsInformation;

/** The operation Set Defaults (KMIP 2.1). */
public final class SetDefaults {
    private SetDefaults() {}

    /** What is asked. */
    public record Request(@Nullable DefaultsInformation defaultsInformation) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response() implements KmipResponse {}
}
