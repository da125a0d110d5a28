package org.symbolon.kmip.object;

import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.CertificateType;
import org.symbolon.kmip.enumeration.ObjectType;

/** Certificate (KMIP 1.0 to 2.1). */
public record Certificate(CertificateType certificateType, Bytes certificateValue) implements ManagedObject {
    @Override
    public ObjectType objectType() {
        return ObjectType.CERTIFICATE;
    }
}
