package org.symbolon.kmip.object;

import org.symbolon.kmip.enumeration.ObjectType;

/**
 * Attributes under a name, for the making of objects (KMIP 1.0 to 1.4, deprecated since 1.3).
 *
 * @param attributes what it gives
 */
public record Template(Attributes attributes) implements ManagedObject {
    @Override
    public ObjectType objectType() {
        return ObjectType.TEMPLATE;
    }
}
