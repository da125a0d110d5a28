package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ProtectionStorageMasks;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Create Key Pair (KMIP 1.0 to 2.1). */
public final class CreateKeyPair {
    private CreateKeyPair() {}

    /** What is asked. */
    public record Request(
            Attributes commonAttributes,
            Attributes privateKeyAttributes,
            Attributes publicKeyAttributes,
            @Nullable ProtectionStorageMasks commonProtectionStorageMasks,
            @Nullable ProtectionStorageMasks privateProtectionStorageMasks,
            @Nullable ProtectionStorageMasks publicProtectionStorageMasks)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(
            UniqueIdentifier privateKeyUniqueIdentifier,
            UniqueIdentifier publicKeyUniqueIdentifier,
            Attributes privateKeyAttributes,
            Attributes publicKeyAttributes)
            implements KmipResponse {}
}
