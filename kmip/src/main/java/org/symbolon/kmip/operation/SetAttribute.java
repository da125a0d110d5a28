package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Set Attribute (KMIP 2.0 to 2.1). */
public final class SetAttribute {
    private SetAttribute() {}

    /** What is asked. */
    public record Request(@Nullable UniqueIdentifier uniqueIdentifier, Attribute<?> attribute)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(UniqueIdentifier uniqueIdentifier) implements KmipResponse {}
}
