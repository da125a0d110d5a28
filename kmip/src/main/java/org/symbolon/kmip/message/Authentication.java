package org.symbolon.kmip.message;

import java.util.List;
import org.symbolon.kmip.object.Credential;

/** Authentication (KMIP 1.0 to 2.1). */
public record Authentication(List<Credential> credentials) {
    public Authentication {
        credentials = List.copyOf(credentials);
    }
}
