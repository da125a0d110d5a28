package org.symbolon.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.ParameterSet;
import org.symbolon.Template;

/** What a name of a KeyPairGenerator stands for: how sizes and parameter specs become a mechanism. */
sealed interface KeyPairAlgorithm
        permits KeyPairAlgorithm.Rsa, KeyPairAlgorithm.Curve, ParameterSets, DiffieHellmanKeys {
    /** Returns the algorithm of a name in the table of mechanisms; empty where the JDK's keys have no opaque kind for it. */
    static Optional<KeyPairAlgorithm> of(String name) {
        return switch (name) {
            case "RSA" -> Optional.of(new Rsa());
            case "EC" ->
                Optional.of(new Curve(
                        name, List.of(NamedCurve.P256, NamedCurve.P224, NamedCurve.P384, NamedCurve.P521), true));
            case "EdDSA" -> Optional.of(new Curve(name, List.of(NamedCurve.ED25519, NamedCurve.ED448), false));
            case "XDH" -> Optional.of(new Curve(name, List.of(NamedCurve.X25519, NamedCurve.X448), false));
            case "DH" -> Optional.of(new DiffieHellmanKeys());
            case "ML-DSA" -> Optional.of(ParameterSets.of(name, ParameterSet.ML_DSA_65));
            case "ML-KEM" -> Optional.of(ParameterSets.of(name, ParameterSet.ML_KEM_768));
            case "SLH-DSA" -> Optional.of(ParameterSets.of(name, ParameterSet.SLH_DSA_SHA2_128F));
            default -> ofOneKind(name);
        };
    }

    private static Optional<KeyPairAlgorithm> ofOneKind(String name) {
        Optional<NamedCurve> curve = NamedCurve.of(name);
        return curve.isPresent()
                ? Optional.of(new Curve(name, List.of(curve.get()), false))
                : ParameterSet.of(name).map(set -> new ParameterSets(name, List.of(set)));
    }

    /** Returns what the private key may do if nobody says: all that the JCA has engines for. */
    Template uses();

    /** Returns the mechanism for keys of the size that is best when nobody says. */
    Mechanism defaultMechanism();

    /** Returns the mechanism for keys of a size. */
    Mechanism ofSize(int bits) throws InvalidParameterException;

    /** Returns the mechanism for a parameter spec. */
    Mechanism ofSpec(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException;

    /** RSA. */
    record Rsa() implements KeyPairAlgorithm {
        private static final int DEFAULT_BITS = 3072;

        @Override
        public Template uses() {
            return Template.of(Attribute.SIGN, true).with(Attribute.DECRYPT, true);
        }

        @Override
        public Mechanism defaultMechanism() {
            return ofSize(DEFAULT_BITS);
        }

        @Override
        public Mechanism ofSize(int bits) {
            try {
                return Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(bits);
            } catch (IllegalArgumentException e) {
                throw invalid(e.getMessage(), e);
            }
        }

        @Override
        public Mechanism ofSpec(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
            if (!(spec instanceof RSAKeyGenParameterSpec rsa)) {
                throw new InvalidAlgorithmParameterException("RSA takes an RSAKeyGenParameterSpec, not "
                        + spec.getClass().getName());
            }
            byte[] exponent = rsa.getPublicExponent().toByteArray();
            if (rsa.getPublicExponent().signum() <= 0) {
                throw new InvalidAlgorithmParameterException(
                        "the public exponent is positive, not " + rsa.getPublicExponent());
            }
            try {
                return Mechanism.RSA_PKCS_KEY_PAIR_GEN.parameters(
                        rsa.getKeysize(),
                        Bytes.wrap(
                                exponent[0] == 0
                                        ? java.util.Arrays.copyOfRange(exponent, 1, exponent.length)
                                        : exponent));
            } catch (IllegalArgumentException e) {
                throw new InvalidAlgorithmParameterException(e.getMessage(), e);
            }
        }
    }

    /**
     * Keys on curves.
     *
     * @param name the generator's name
     * @param bySize the curves that a size can mean, the default first
     * @param anyOfKind whether other curves of the same kind can be named
     */
    record Curve(String name, List<NamedCurve> bySize, boolean anyOfKind) implements KeyPairAlgorithm {
        @Override
        public Template uses() {
            KeyType type = bySize.get(0).keyType();
            Template uses = Template.of(Attribute.SIGN, !type.equals(KeyType.EC_MONTGOMERY));
            return uses.with(Attribute.DERIVE, !type.equals(KeyType.EC_EDWARDS));
        }

        @Override
        public Mechanism defaultMechanism() {
            return Mechanism.keyPairGen(bySize.get(0));
        }

        @Override
        public Mechanism ofSize(int bits) {
            return bySize.stream()
                    .filter(curve -> bits(curve) == bits)
                    .findFirst()
                    .map(Mechanism::keyPairGen)
                    .orElseThrow(() -> invalid(
                            name + " keys have "
                                    + bySize.stream()
                                            .map(Curve::bits)
                                            .sorted()
                                            .map(String::valueOf)
                                            .collect(java.util.stream.Collectors.joining(", "))
                                    + " bits, not " + bits,
                            null));
        }

        private static int bits(NamedCurve curve) {
            return switch (curve) {
                case P521 -> 521;
                case ED25519, X25519 -> 255;
                case ED448 -> 448;
                default -> curve.fieldBytes() * 8;
            };
        }

        @Override
        public Mechanism ofSpec(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
            String wanted = curveName(spec);
            NamedCurve curve = NamedCurve.of(wanted)
                    .filter(this::isOurs)
                    .orElseThrow(() -> new InvalidAlgorithmParameterException(name + " has no curve named " + wanted));
            return Mechanism.keyPairGen(curve);
        }

        private boolean isOurs(NamedCurve curve) {
            boolean ofKind = curve.keyType().equals(bySize.get(0).keyType());
            return bySize.contains(curve) || (anyOfKind && ofKind);
        }

        private String curveName(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
            if (spec instanceof ECGenParameterSpec ec) {
                return ec.getName();
            } else if (spec instanceof NamedParameterSpec named) {
                return named.getName();
            } else if (spec instanceof ECParameterSpec parameters) {
                return CurveNames.of(parameters);
            }
            throw new InvalidAlgorithmParameterException(
                    name + " takes the name of a curve, not " + spec.getClass().getName());
        }
    }

    private static InvalidParameterException invalid(@Nullable String message, @Nullable Exception cause) {
        InvalidParameterException failure = new InvalidParameterException(message);
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }
}
