package org.symbolon.kmip.object;

import org.symbolon.kmip.enumeration.ObjectType;

/** Private Key (KMIP 1.0 to 2.1). */
public record PrivateKey(KeyBlock keyBlock) implements ManagedObject {
    @Override
    public ObjectType objectType() {
        return ObjectType.PRIVATE_KEY;
    }
}
