package org.symbolon.kmip.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Get Attributes (KMIP 1.0 to 2.1). */
public final class GetAttributes {
    private GetAttributes() {}

    /** What is asked. */
    public record Request(@Nullable UniqueIdentifier uniqueIdentifier, List<AttributeType<?>> attributeReferences)
            implements KmipRequest<Response> {
        public Request {
            attributeReferences = List.copyOf(attributeReferences);
        }
    }

    /** What comes back. */
    public record Response(UniqueIdentifier uniqueIdentifier, Attributes attributes) implements KmipResponse {}
}
