package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Delete Attribute (KMIP 1.0 to 2.1). */
public final class DeleteAttribute {
    private DeleteAttribute() {}

    /** What is asked. */
    public record Request(
            @Nullable UniqueIdentifier uniqueIdentifier,
            @Nullable Attribute<?> currentAttribute,
            @Nullable AttributeType<?> attributeReference,
            @Nullable Integer attributeIndex)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(
            UniqueIdentifier uniqueIdentifier, @Nullable Attribute<?> attribute) implements KmipResponse {}
}
