package org.symbolon.kmip.object;

import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.RecommendedCurve;

/** Transparent Ecdh Public Key (KMIP 1.0 to 1.4). */
public record TransparentEcdhPublicKey(RecommendedCurve recommendedCurve, Bytes qString) implements KeyMaterial {}
