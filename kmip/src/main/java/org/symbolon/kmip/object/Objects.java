package org.symbolon.kmip.object;

import java.util.List;

/** Objects (KMIP 2.0 to 2.1). */
public record Objects(List<UniqueIdentifier> uniqueIdentifiers) {
    public Objects {
        uniqueIdentifiers = List.copyOf(uniqueIdentifiers);
    }
}
