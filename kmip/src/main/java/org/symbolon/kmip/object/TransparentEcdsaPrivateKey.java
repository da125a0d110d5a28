package org.symbolon.kmip.object;

import java.math.BigInteger;
import org.symbolon.kmip.enumeration.RecommendedCurve;

/** Transparent Ecdsa Private Key (KMIP 1.0 to 1.4). */
public record TransparentEcdsaPrivateKey(RecommendedCurve recommendedCurve, BigInteger d) implements KeyMaterial {}
