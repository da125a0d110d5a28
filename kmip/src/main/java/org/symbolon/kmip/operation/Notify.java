package org.symbolon.kmip.operation;

import java.util.List;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Notify (KMIP 1.0 to 2.1). */
public final class Notify {
    private Notify() {}

    /** What is asked. */
    public record Request(
            UniqueIdentifier uniqueIdentifier, Attributes attributes, List<AttributeType<?>> attributeReferences)
            implements KmipRequest<Response> {
        public Request {
            attributeReferences = List.copyOf(attributeReferences);
        }
    }

    /** What comes back. */
    public record Response() implements KmipResponse {}
}
