package org.symbolon.kmip.object;

import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.RecommendedCurve;

/** Transparent Ecdsa Public Key (KMIP 1.0 to 1.4). */
public record TransparentEcdsaPublicKey(RecommendedCurve recommendedCurve, Bytes qString) implements KeyMaterial {}
