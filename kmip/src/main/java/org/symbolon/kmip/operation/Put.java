package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.PutFunction;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Put (KMIP 1.0 to 2.1). */
public final class Put {
    private Put() {}

    /** What is asked. */
    public record Request(
            UniqueIdentifier uniqueIdentifier,
            PutFunction putFunction,
            @Nullable UniqueIdentifier replacedUniqueIdentifier,
            ManagedObject object,
            Attributes attributes)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response() implements KmipResponse {}
}
