package org.symbolon.kmip.object;

import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.RecommendedCurve;

/** Transparent Ecmqv Public Key (KMIP 1.0 to 1.4). */
public record TransparentEcmqvPublicKey(RecommendedCurve recommendedCurve, Bytes qString) implements KeyMaterial {}
