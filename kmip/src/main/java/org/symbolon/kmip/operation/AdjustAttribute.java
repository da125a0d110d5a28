package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.AdjustmentType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.ttlv.Ttlv;

/** The operation Adjust Attribute (KMIP 2.0 to 2.1). */
public final class AdjustAttribute {
    private AdjustAttribute() {}

    /** What is asked. */
    public record Request(
            @Nullable UniqueIdentifier uniqueIdentifier,
            AttributeType<?> attributeReference,
            AdjustmentType adjustmentType,
            @Nullable Ttlv adjustmentValue)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(UniqueIdentifier uniqueIdentifier) implements KmipResponse {}
}
