package org.symbolon.kmip.object;

import java.util.List;

/** Object Groups (KMIP 2.1). */
public record ObjectGroups(List<String> objectGroups) {
    public ObjectGroups {
        objectGroups = List.copyOf(objectGroups);
    }
}
