package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.RecommendedCurve;

/** Cryptographic Domain Parameters (KMIP 1.0 to 2.1). */
public record CryptographicDomainParameters(
        @Nullable Integer qLength, @Nullable RecommendedCurve recommendedCurve) {}
