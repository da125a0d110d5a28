package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.CertificateRequestType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ProtectionStorageMasks;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.ttlv.Ttlv;

/** The operation Certify (KMIP 1.0 to 2.1). */
public final class Certify {
    private Certify() {}

    /** What is asked. */
    public record Request(
            @Nullable UniqueIdentifier uniqueIdentifier,
            @Nullable CertificateRequestType certificateRequestType,
            @Nullable Bytes certificateRequestValue,
            @Nullable Ttlv certificateRequest,
            Attributes attributes,
            @Nullable ProtectionStorageMasks protectionStorageMasks)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(UniqueIdentifier uniqueIdentifier, Attributes attributes) implements KmipResponse {}
}
