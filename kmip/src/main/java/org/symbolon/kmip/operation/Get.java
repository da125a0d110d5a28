package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.KeyCompressionType;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.KeyWrapType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.KeyWrappingSpecification;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Get (KMIP 1.0 to 2.1). */
public final class Get {
    private Get() {}

    /** What is asked. */
    public record Request(
            @Nullable UniqueIdentifier uniqueIdentifier,
            @Nullable KeyFormatType keyFormatType,
            @Nullable KeyWrapType keyWrapType,
            @Nullable KeyCompressionType keyCompressionType,
            @Nullable KeyWrappingSpecification keyWrappingSpecification)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(ObjectType objectType, UniqueIdentifier uniqueIdentifier, ManagedObject object)
            implements KmipResponse {}
}
