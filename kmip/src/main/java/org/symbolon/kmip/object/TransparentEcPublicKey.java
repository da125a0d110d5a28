package org.symbolon.kmip.object;

import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.RecommendedCurve;

/** Transparent Ec Public Key (KMIP 1.3 to 2.1). */
public record TransparentEcPublicKey(RecommendedCurve recommendedCurve, Bytes qString) implements KeyMaterial {}
