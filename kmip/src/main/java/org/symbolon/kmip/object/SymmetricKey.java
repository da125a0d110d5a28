package org.symbolon.kmip.object;

import org.symbolon.kmip.enumeration.ObjectType;

/** Symmetric Key (KMIP 1.0 to 2.1). */
public record SymmetricKey(KeyBlock keyBlock) implements ManagedObject {
    @Override
    public ObjectType objectType() {
        return ObjectType.SYMMETRIC_KEY;
    }
}
