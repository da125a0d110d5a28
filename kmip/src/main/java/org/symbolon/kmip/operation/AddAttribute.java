package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Add Attribute (KMIP 1.0 to 2.1). */
public final class AddAttribute {
    private AddAttribute() {}

    /** What is asked. */
    public record Request(@Nullable UniqueIdentifier uniqueIdentifier, Attribute<?> attribute)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(
            UniqueIdentifier uniqueIdentifier, @Nullable Attribute<?> attribute) implements KmipResponse {}
}
