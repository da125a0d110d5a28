package org.symbolon.kmip.object;

import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.SecretDataType;

/** Secret Data (KMIP 1.0 to 2.1). */
public record SecretData(SecretDataType secretDataType, KeyBlock keyBlock) implements ManagedObject {
    @Override
    public ObjectType objectType() {
        return ObjectType.SECRET_DATA;
    }
}
