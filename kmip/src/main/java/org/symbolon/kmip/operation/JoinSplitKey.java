package org.symbolon.kmip.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.SecretDataType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ProtectionStorageMasks;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Join Split Key (KMIP 1.2 to 2.1). */
public final class JoinSplitKey {
    private JoinSplitKey() {}

    /** What is asked. */
    public record Request(
            ObjectType objectType,
            List<UniqueIdentifier> uniqueIdentifiers,
            @Nullable SecretDataType secretDataType,
            Attributes attributes,
            @Nullable ProtectionStorageMasks protectionStorageMasks)
            implements KmipRequest<Response> {
        public Request {
            uniqueIdentifiers = List.copyOf(uniqueIdentifiers);
        }
    }

    /** What comes back. */
    public record Response(@Nullable ObjectType objectType, UniqueIdentifier uniqueIdentifier, Attributes attributes)
            implements KmipResponse {}
}
