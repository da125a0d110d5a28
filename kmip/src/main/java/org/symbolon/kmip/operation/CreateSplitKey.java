package org.symbolon.kmip.operation;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.SplitKeyMethod;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ProtectionStorageMasks;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Create Split Key (KMIP 1.2 to 2.1). */
public final class CreateSplitKey {
    private CreateSplitKey() {}

    /** What is asked. */
    public record Request(
            ObjectType objectType,
            @Nullable UniqueIdentifier uniqueIdentifier,
            Integer splitKeyParts,
            Integer splitKeyThreshold,
            SplitKeyMethod splitKeyMethod,
            @Nullable BigInteger primeFieldSize,
            Attributes attributes,
            @Nullable ProtectionStorageMasks protectionStorageMasks)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(
            @Nullable ObjectType objectType, List<UniqueIdentifier> uniqueIdentifiers, Attributes attributes)
            implements KmipResponse {
        public Response {
            uniqueIdentifiers = List.copyOf(uniqueIdentifiers);
        }
    }
}
