package org.symbolon.kmip.object;

import java.util.List;
import org.symbolon.kmip.enumeration.ProtectionStorageMask;

/** Protection Storage Masks (KMIP 2.0 to 2.1). */
public record ProtectionStorageMasks(List<ProtectionStorageMask> protectionStorageMasks) {
    public ProtectionStorageMasks {
        protectionStorageMasks = List.copyOf(protectionStorageMasks);
    }
}
