package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;

/** Right (KMIP 2.0 to 2.1). */
public record Right(
        @Nullable UsageLimits usageLimits,
        @Nullable Operations operations,
        @Nullable Objects objects,
        @Nullable ObjectGroups objectGroups) {}
