package org.symbolon.kmip.object;

import java.util.List;

/** Defaults Information (KMIP 2.0 to 2.1). */
public record DefaultsInformation(List<ObjectDefaults> objectDefaults) {
    public DefaultsInformation {
        objectDefaults = List.copyOf(objectDefaults);
    }
}
