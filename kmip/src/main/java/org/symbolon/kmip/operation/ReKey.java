package org.symbolon.kmip.operation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ProtectionStorageMasks;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Re Key (KMIP 1.0 to 2.1). */
public final class ReKey {
    private ReKey() {}

    /** What is asked. */
    public record Request(
            @Nullable UniqueIdentifier uniqueIdentifier,
            @Nullable Duration offset,
            Attributes attributes,
            @Nullable ProtectionStorageMasks protectionStorageMasks)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(UniqueIdentifier uniqueIdentifier, Attributes attributes) implements KmipResponse {}
}
