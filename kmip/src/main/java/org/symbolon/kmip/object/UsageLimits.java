package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.UsageLimitsUnit;

/** Usage Limits (KMIP 1.0 to 2.1). */
public record UsageLimits(Long usageLimitsTotal, @Nullable Long usageLimitsCount, UsageLimitsUnit usageLimitsUnit) {}
