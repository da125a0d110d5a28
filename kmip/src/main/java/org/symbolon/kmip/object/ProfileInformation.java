package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.ProfileName;

/** Profile Information (KMIP 1.3 to 2.1). */
public record ProfileInformation(
        ProfileName profileName,
        @Nullable ProfileVersion profileVersion,
        @Nullable String serverUri,
        @Nullable Integer serverPort) {}
