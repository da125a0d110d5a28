package org.symbolon.kmip.key;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.NamedCurve;
import org.symbolon.SecretBytes;

/** A key's numbers, between the forms that KMIP has for it and the attributes that PKCS #11 has. */
public sealed interface KeyParts {
    /** Returns the key's length in bits, as Cryptographic Length says it. */
    int bits();

    /**
     * A symmetric key.
     *
     * @param value its bytes
     */
    record Secret(SecretBytes value) implements KeyParts {
        @Override
        public int bits() {
            return value.length() * Byte.SIZE;
        }
    }

    /**
     * An RSA public key.
     *
     * @param modulus n
     * @param exponent e
     */
    record RsaPublic(BigInteger modulus, BigInteger exponent) implements KeyParts {
        @Override
        public int bits() {
            return modulus.bitLength();
        }
    }

    /**
     * An RSA private key with the parts of the Chinese remainder theorem.
     *
     * @param modulus n
     * @param publicExponent e
     * @param privateExponent d
     * @param p the first prime
     * @param q the second prime
     * @param exponentP d mod p-1
     * @param exponentQ d mod q-1
     * @param coefficient the inverse of q mod p
     */
    record RsaPrivate(
            BigInteger modulus,
            BigInteger publicExponent,
            BigInteger privateExponent,
            BigInteger p,
            BigInteger q,
            BigInteger exponentP,
            BigInteger exponentQ,
            BigInteger coefficient)
            implements KeyParts {
        @Override
        public int bits() {
            return modulus.bitLength();
        }
    }

    /**
     * A public key on a curve.
     *
     * @param curve the curve
     * @param point the point, as X.509 has it
     */
    record EcPublic(NamedCurve curve, Bytes point) implements KeyParts {
        @Override
        public int bits() {
            return curveBits(curve);
        }
    }

    /**
     * A private key on a curve.
     *
     * @param curve the curve
     * @param value the number, as long as the field
     * @param point the public point; null where it is not known
     */
    record EcPrivate(
            NamedCurve curve, SecretBytes value, @Nullable Bytes point) implements KeyParts {
        @Override
        public int bits() {
            return curveBits(curve);
        }
    }

    /** Returns a number's bytes, unsigned, at least as long as asked for. */
    static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        byte[] padded = new byte[Math.max(length, bytes.length - from)];
        System.arraycopy(bytes, from, padded, padded.length - (bytes.length - from), bytes.length - from);
        Arrays.fill(bytes, (byte) 0);
        return padded;
    }

    private static int curveBits(NamedCurve curve) {
        return curve == NamedCurve.P521 ? 521 : curve.fieldBytes() * Byte.SIZE;
    }
}
