package org.symbolon.kmip.message;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.ttlv.Ttlv;

/** Message Extension (KMIP 1.0 to 2.1). */
public record MessageExtension(
        @Nullable String vendorIdentification,
        @Nullable Boolean criticalityIndicator,
        @Nullable Ttlv vendorExtension) {}
