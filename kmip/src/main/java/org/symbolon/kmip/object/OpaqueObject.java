package org.symbolon.kmip.object;

import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.ObjectType;

/** Opaque Object (KMIP 1.0 to 2.1). */
public record OpaqueObject(Integer opaqueDataType, Bytes opaqueDataValue) implements ManagedObject {
    @Override
    public ObjectType objectType() {
        return ObjectType.OPAQUE_OBJECT;
    }
}
