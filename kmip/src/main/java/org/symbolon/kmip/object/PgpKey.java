package org.symbolon.kmip.object;

import org.symbolon.kmip.enumeration.ObjectType;

/** Pgp Key (KMIP 1.2 to 2.1). */
public record PgpKey(Integer pgpKeyVersion, KeyBlock keyBlock) implements ManagedObject {
    @Override
    public ObjectType objectType() {
        return ObjectType.PGP_KEY;
    }
}
