package org.symbolon.kmip.object;

import org.symbolon.kmip.enumeration.ObjectType;

/** Public Key (KMIP 1.0 to 2.1). */
public record PublicKey(KeyBlock keyBlock) implements ManagedObject {
    @Override
    public ObjectType objectType() {
        return ObjectType.PUBLIC_KEY;
    }
}
