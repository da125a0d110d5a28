package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;

/** Application Specific Information (KMIP 1.0 to 2.1). */
public record ApplicationSpecificInformation(
        String applicationNamespace, @Nullable String applicationData) {}
