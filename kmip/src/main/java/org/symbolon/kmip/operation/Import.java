package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.KeyWrapType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Import (KMIP 1.4 to 2.1). */
public final class Import {
    private Import() {}

    /** What is asked. */
    public record Request(
            UniqueIdentifier uniqueIdentifier,
            @Nullable ObjectType objectType,
            @Nullable Boolean replaceExisting,
            @Nullable KeyWrapType keyWrapType,
            Attributes attributes,
            ManagedObject object)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(UniqueIdentifier uniqueIdentifier) implements KmipResponse {}
}
