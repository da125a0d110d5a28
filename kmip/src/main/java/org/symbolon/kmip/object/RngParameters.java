package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.DrbgAlgorithm;
import org.symbolon.kmip.enumeration.Fips186Variation;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.enumeration.RecommendedCurve;
import org.symbolon.kmip.enumeration.RngAlgorithm;

/** Rng Parameters (KMIP 1.3 to 2.1). */
public record RngParameters(
        RngAlgorithm rngAlgorithm,
        @Nullable CryptographicAlgorithm cryptographicAlgorithm,
        @Nullable Integer cryptographicLength,
        @Nullable HashingAlgorithm hashingAlgorithm,
        @Nullable DrbgAlgorithm drbgAlgorithm,
        @Nullable RecommendedCurve recommendedCurve,
        @Nullable Fips186Variation fips186Variation,
        @Nullable Boolean predictionResistance) {}
