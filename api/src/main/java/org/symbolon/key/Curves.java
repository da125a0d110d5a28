package org.symbolon.key;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.symbolon.KeyType;
import org.symbolon.NamedCurve;

/** Our curves and the JDK's parameter objects. */
final class Curves {
    private static final Map<NamedCurve, Optional<ECParameterSpec>> SPECS = new ConcurrentHashMap<>();

    private Curves() {}

    /** {@return the JDK's parameters of a short Weierstrass curve, or empty where this JDK has not got the curve} */
    static Optional<ECParameterSpec> spec(NamedCurve curve) {
        return SPECS.computeIfAbsent(curve, Curves::load);
    }

    private static Optional<ECParameterSpec> load(NamedCurve curve) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve.jcaName()));
            return Optional.of(parameters.getParameterSpec(ECParameterSpec.class));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    static NamedCurve of(ECParameterSpec spec) {
        for (NamedCurve curve : NamedCurve.values()) {
            if (curve.keyType().equals(KeyType.EC)
                    && spec(curve).filter(s -> same(s, spec)).isPresent()) {
                return curve;
            }
        }
        throw new IllegalArgumentException("an EC key on a curve of "
                + spec.getCurve().getField().getFieldSize() + " bits that is none of " + names());
    }

    static NamedCurve of(NamedParameterSpec spec) {
        return of(spec.getName());
    }

    static NamedCurve of(String name) {
        return NamedCurve.of(name)
                .orElseThrow(() -> new IllegalArgumentException("the curve " + name + " is none of " + names()));
    }

    private static String names() {
        return java.util.Arrays.stream(NamedCurve.values())
                .map(NamedCurve::displayName)
                .toList()
                .toString();
    }

    private static boolean same(ECParameterSpec a, ECParameterSpec b) {
        return a.getCurve().equals(b.getCurve())
                && a.getGenerator().equals(b.getGenerator())
                && a.getOrder().equals(b.getOrder());
    }
}
