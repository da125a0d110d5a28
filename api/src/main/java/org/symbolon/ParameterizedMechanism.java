package org.symbolon;

import java.util.Optional;

/**
 * A mechanism that still wants its parameters: each method returns the {@link Mechanism} with them. Immutable and
 * thread-safe.
 */
public abstract sealed class ParameterizedMechanism {
    private final MechanismType type;

    ParameterizedMechanism(String name) {
        this.type = MechanismType.named(name);
    }

    /** {@return the mechanism} */
    public final MechanismType type() {
        return type;
    }

    final Mechanism with(MechanismParameters parameters) {
        return new Mechanism(type, parameters);
    }

    @Override
    public final String toString() {
        return type.name();
    }

    /** RSA PSS. */
    public static final class Pss extends ParameterizedMechanism {
        Pss(String name) {
            super(name);
        }

        /**
         * Returns the mechanism with one hash for message and MGF1 and a salt as long as it, as TLS 1.3 has it.
         *
         * @param hash the hash
         * @return the mechanism
         */
        public Mechanism hash(HashAlgorithm hash) {
            return parameters(hash, hash, hash.digestBytes());
        }

        /**
         * Returns the mechanism with these parameters.
         *
         * @param hash the hash of the message
         * @param mgfHash the hash of MGF1
         * @param saltBytes the length of the salt in bytes, 0 to 1024
         * @return the mechanism
         */
        public Mechanism parameters(HashAlgorithm hash, HashAlgorithm mgfHash, int saltBytes) {
            return with(new MechanismParameters.Pss(hash, mgfHash, saltBytes));
        }
    }

    /** RSA OAEP. */
    public static final class Oaep extends ParameterizedMechanism {
        Oaep(String name) {
            super(name);
        }

        /**
         * Returns the mechanism with one hash for label and MGF1 and an empty label.
         *
         * @param hash the hash
         * @return the mechanism
         */
        public Mechanism hash(HashAlgorithm hash) {
            return parameters(hash, hash, Bytes.empty());
        }

        /**
         * Returns the mechanism with these parameters.
         *
         * @param hash the hash of the label
         * @param mgfHash the hash of MGF1
         * @param label the label
         * @return the mechanism
         */
        public Mechanism parameters(HashAlgorithm hash, HashAlgorithm mgfHash, Bytes label) {
            return with(new MechanismParameters.Oaep(hash, mgfHash, label));
        }
    }

    /** A block cipher mode with an initialization vector. */
    public static final class Iv extends ParameterizedMechanism {
        Iv(String name) {
            super(name);
        }

        /**
         * Returns the mechanism with an initialization vector.
         *
         * @param iv the initialization vector, one block
         * @return the mechanism
         */
        public Mechanism iv(Bytes iv) {
            return with(new MechanismParameters.Iv(iv));
        }
    }

    /** AES-GCM. */
    public static final class Gcm extends ParameterizedMechanism {
        Gcm(String name) {
            super(name);
        }

        /**
         * Returns the mechanism with an initialization vector, no additional data and a tag of 128 bits.
         *
         * @param iv the initialization vector, never used twice with one key; 12 bytes are usual
         * @return the mechanism
         */
        public Mechanism iv(Bytes iv) {
            return parameters(iv, Bytes.empty(), 128);
        }

        /**
         * Returns the mechanism with these parameters.
         *
         * @param iv the initialization vector, never used twice with one key
         * @param additionalData data that is authenticated and not encrypted
         * @param tagBits the length of the tag in bits: 96, 104, 112, 120 or 128
         * @return the mechanism
         */
        public Mechanism parameters(Bytes iv, Bytes additionalData, int tagBits) {
            return with(new MechanismParameters.Gcm(iv, additionalData, tagBits));
        }
    }

    /** Generation of RSA key pairs. */
    public static final class RsaKeyPairGen extends ParameterizedMechanism {
        private static final Bytes F4 = Bytes.of((byte) 1, (byte) 0, (byte) 1);

        RsaKeyPairGen(String name) {
            super(name);
        }

        /**
         * Returns the mechanism for a modulus of this length and the public exponent 65537.
         *
         * @param modulusBits the length of the modulus in bits, 512 to 16384
         * @return the mechanism
         */
        public Mechanism modulusBits(int modulusBits) {
            return parameters(modulusBits, F4);
        }

        /**
         * Returns the mechanism with these parameters.
         *
         * @param modulusBits the length of the modulus in bits, 512 to 16384
         * @param publicExponent the public exponent, unsigned, big-endian
         * @return the mechanism
         */
        public Mechanism parameters(int modulusBits, Bytes publicExponent) {
            return with(new MechanismParameters.RsaKeyPair(modulusBits, publicExponent));
        }
    }

    /** Generation of key pairs on a curve. */
    public static final class CurveKeyPairGen extends ParameterizedMechanism {
        private final KeyType keyType;

        CurveKeyPairGen(String name, KeyType keyType) {
            super(name);
            this.keyType = keyType;
        }

        /**
         * Returns the mechanism on a curve.
         *
         * @param curve the curve's name, such as {@code P-256}
         * @return the mechanism
         * @throws IllegalArgumentException if there is no such curve, or it is of another kind
         */
        public Mechanism curve(String curve) {
            Optional<NamedCurve> named = NamedCurve.of(curve);
            return curve(named.orElseThrow(() -> new IllegalArgumentException("no curve is named " + curve)));
        }

        /**
         * Returns the mechanism on a curve.
         *
         * @param curve the curve
         * @return the mechanism
         * @throws IllegalArgumentException if the curve is of another kind
         */
        public Mechanism curve(NamedCurve curve) {
            if (!curve.keyType().equals(keyType)) {
                throw new IllegalArgumentException(this + " makes " + keyType + " keys, the curve "
                        + curve.displayName() + " has " + curve.keyType());
            }
            return with(new MechanismParameters.CurveKeyPair(curve));
        }
    }

    /** Generation of secret keys. */
    public static final class SecretKeyGen extends ParameterizedMechanism {
        SecretKeyGen(String name) {
            super(name);
        }

        /**
         * Returns the mechanism for a key of this length.
         *
         * @param bytes the length in bytes, 1 to 1024
         * @return the mechanism
         */
        public Mechanism bytes(int bytes) {
            return with(new MechanismParameters.SecretKeyLength(bytes));
        }
    }

    /**
     * A mechanism whose parameters are one record.
     *
     * @param <P> the class of its parameters
     */
    public static final class Of<P extends MechanismParameters> extends ParameterizedMechanism {
        Of(String name) {
            super(name);
        }

        /**
         * Returns the mechanism with its parameters.
         *
         * @param parameters the parameters
         * @return the mechanism
         */
        public Mechanism of(P parameters) {
            return with(parameters);
        }
    }
}
