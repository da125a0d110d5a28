package org.symbolon.kmip.object;

import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.CertificateRequestType;
import org.symbolon.kmip.enumeration.ObjectType;

/** Certificate Request (KMIP 2.0 to 2.1). */
public record CertificateRequest(CertificateRequestType certificateRequestType, Bytes certificateRequestValue)
        implements ManagedObject {
    @Override
    public ObjectType objectType() {
        return ObjectType.CERTIFICATE_REQUEST;
    }
}
