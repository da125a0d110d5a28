package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.KeyCompressionType;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.KeyWrapType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.KeyWrappingSpecification;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Export (KMIP 1.4 to 2.1). */
public final class Export {
    private Export() {}

    /** What is asked. */
    public record Request(
            @Nullable UniqueIdentifier uniqueIdentifier,
            @Nullable KeyFormatType keyFormatType,
            @Nullable KeyWrapType keyWrapType,
            @Nullable KeyCompressionType keyCompressionType,
            @Nullable KeyWrappingSpecification keyWrappingSpecification)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(
            ObjectType objectType, UniqueIdentifier uniqueIdentifier, Attributes attributes, ManagedObject object)
            implements KmipResponse {}
}
