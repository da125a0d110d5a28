package org.symbolon.jca;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;

/** Names the curve of a parameter spec that spells its numbers out. */
final class CurveNames {
    private CurveNames() {}

    static String of(ECParameterSpec spec) throws InvalidAlgorithmParameterException {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(spec);
            return byObjectIdentifier(
                    parameters.getParameterSpec(ECGenParameterSpec.class).getName());
        } catch (GeneralSecurityException e) {
            throw new InvalidAlgorithmParameterException("these parameters are of no curve that has a name", e);
        }
    }

    /** The JDK answers with the object identifier in dots. */
    private static String byObjectIdentifier(String name) {
        return switch (name) {
            case "1.3.132.0.33" -> "secp224r1";
            case "1.2.840.10045.3.1.7" -> "secp256r1";
            case "1.3.132.0.34" -> "secp384r1";
            case "1.3.132.0.35" -> "secp521r1";
            default -> name;
        };
    }
}
