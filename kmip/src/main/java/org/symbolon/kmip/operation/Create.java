package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ProtectionStorageMasks;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Create (KMIP 1.0 to 2.1). */
public final class Create {
    private Create() {}

    /** What is asked. */
    public record Request(
            ObjectType objectType,
            Attributes attributes,
            @Nullable ProtectionStorageMasks protectionStorageMasks) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(ObjectType objectType, UniqueIdentifier uniqueIdentifier, Attributes attributes)
            implements KmipResponse {}
}
