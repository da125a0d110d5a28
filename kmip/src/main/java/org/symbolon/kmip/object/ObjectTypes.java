package org.symbolon.kmip.object;

import java.util.List;
import org.symbolon.kmip.enumeration.ObjectType;

/** Object Types (KMIP 2.1). */
public record ObjectTypes(List<ObjectType> objectTypes) {
    public ObjectTypes {
        objectTypes = List.copyOf(objectTypes);
    }
}
