package org.symbolon.kmip.key;

import java.util.Map;
import java.util.Optional;
import org.symbolon.NamedCurve;
import org.symbolon.kmip.enumeration.RecommendedCurve;

/** KMIP's curves and the tokens'. */
public final class CurveNames {
    private static final Map<RecommendedCurve, NamedCurve> CURVES = Map.ofEntries(
            Map.entry(RecommendedCurve.P_192, NamedCurve.P192),
            Map.entry(RecommendedCurve.P_224, NamedCurve.P224),
            Map.entry(RecommendedCurve.P_256, NamedCurve.P256),
            Map.entry(RecommendedCurve.P_384, NamedCurve.P384),
            Map.entry(RecommendedCurve.P_521, NamedCurve.P521),
            Map.entry(RecommendedCurve.SECP256_K1, NamedCurve.SECP256K1),
            Map.entry(RecommendedCurve.BRAINPOOLP256_R1, NamedCurve.BRAINPOOL_P256R1),
            Map.entry(RecommendedCurve.BRAINPOOLP384_R1, NamedCurve.BRAINPOOL_P384R1),
            Map.entry(RecommendedCurve.BRAINPOOLP512_R1, NamedCurve.BRAINPOOL_P512R1),
            Map.entry(RecommendedCurve.CURVE25519, NamedCurve.X25519),
            Map.entry(RecommendedCurve.CURVE448, NamedCurve.X448));

    private CurveNames() {}

    public static Optional<NamedCurve> of(RecommendedCurve curve) {
        return Optional.ofNullable(CURVES.get(curve));
    }

    public static Optional<RecommendedCurve> of(NamedCurve curve) {
        return CURVES.entrySet().stream()
                .filter(entry -> entry.getValue() == curve)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
