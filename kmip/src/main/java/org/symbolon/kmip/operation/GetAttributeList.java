package org.symbolon.kmip.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Get Attribute List (KMIP 1.0 to 2.1). */
public final class GetAttributeList {
    private GetAttributeList() {}

    /** What is asked. */
    public record Request(@Nullable UniqueIdentifier uniqueIdentifier) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(UniqueIdentifier uniqueIdentifier, List<AttributeType<?>> attributeReferences)
            implements KmipResponse {
        public Response {
            attributeReferences = List.copyOf(attributeReferences);
        }
    }
}
