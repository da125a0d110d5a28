package org.symbolon.kmip.object;

import java.math.BigInteger;
import org.symbolon.kmip.enumeration.RecommendedCurve;

/** Transparent Ecdh Private Key (KMIP 1.0 to 1.4). */
public record TransparentEcdhPrivateKey(RecommendedCurve recommendedCurve, BigInteger d) implements KeyMaterial {}
