package org.symbolon.kmip.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.ObjectGroupMember;
import org.symbolon.kmip.enumeration.StorageStatusMask;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Locate (KMIP 1.0 to 2.1). */
public final class Locate {
    private Locate() {}

    /** What is asked. */
    public record Request(
            @Nullable Integer maximumItems,
            @Nullable Integer offsetItems,
            @Nullable StorageStatusMask storageStatusMask,
            @Nullable ObjectGroupMember objectGroupMember,
            Attributes attributes)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(
            List<UniqueIdentifier> uniqueIdentifiers,
            @Nullable Integer locatedItems) implements KmipResponse {
        public Response {
            uniqueIdentifiers = List.copyOf(uniqueIdentifiers);
        }
    }
}
