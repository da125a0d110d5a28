package org.symbolon.kmip.object;

import java.math.BigInteger;
import org.symbolon.kmip.enumeration.RecommendedCurve;

/** Transparent Ec Private Key (KMIP 1.3 to 2.1). */
public record TransparentEcPrivateKey(RecommendedCurve recommendedCurve, BigInteger d) implements KeyMaterial {}
