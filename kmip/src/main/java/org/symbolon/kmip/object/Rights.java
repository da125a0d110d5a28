package org.symbolon.kmip.object;

import java.util.List;

/** Rights (KMIP 2.0 to 2.1). */
public record Rights(List<Right> rights) {
    public Rights {
        rights = List.copyOf(rights);
    }
}
