package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Modify Attribute (KMIP 1.0 to 2.1). */
public final class ModifyAttribute {
    private ModifyAttribute() {}

    /** What is asked. */
    public record Request(
            @Nullable UniqueIdentifier uniqueIdentifier,
            @Nullable Attribute<?> currentAttribute,
            Attribute<?> attribute)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(
            UniqueIdentifier uniqueIdentifier, @Nullable Attribute<?> attribute) implements KmipResponse {}
}
