package org.symbolon.kmip.server;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.symbolon.SecretBytes;
import org.symbolon.kmip.key.KeyParts;

/**
 * Splits secrets into parts of which some suffice (KMIP 2.1 section 2.6). A polynomial's value at 0 is the secret, and part number
 * x its value at x.
 */
final class SecretSharing {
    private static final int BYTE = 0xFF;
    private static final int FIELD = 0x100;
    private static final int REDUCTION = 0x11D; // x^8 + x^4 + x^3 + x^2 + 1

    private SecretSharing() {}

    /** Gives random bytes. */
    @FunctionalInterface
    interface Randomness {
        /** Returns as many as asked for, a new array. */
        byte[] next(int length) throws org.symbolon.TokenException;
    }

    /** A part of a secret, with its number. */
    record Share(int number, SecretBytes value) {}

    /** Splits; all parts are needed. */
    static byte[][] splitXor(byte[] secret, int parts, Randomness random) throws org.symbolon.TokenException {
        byte[][] shares = new byte[parts][];
        byte[] last = secret.clone();
        for (int i = 0; i < parts - 1; i++) {
            shares[i] = random.next(secret.length);
            xor(last, shares[i]);
        }
        shares[parts - 1] = last;
        return shares;
    }

    private static void xor(byte[] into, byte[] other) {
        for (int i = 0; i < into.length; i++) {
            into[i] ^= other[i];
        }
    }

    /** Joins the parts of an exclusive or. */
    static byte[] joinXor(List<Share> shares) {
        byte[] secret = new byte[shares.get(0).value.length()];
        shares.forEach(share -> xor(secret, share.value.sharedArray()));
        return secret;
    }

    /** Splits each byte by a polynomial over GF(2^8). */
    static byte[][] splitBytes(byte[] secret, int parts, int threshold, Randomness random)
            throws org.symbolon.TokenException {
        byte[][] coefficients = new byte[threshold][];
        coefficients[0] = secret;
        for (int i = 1; i < threshold; i++) {
            coefficients[i] = random.next(secret.length);
        }
        byte[][] shares = new byte[parts][secret.length];
        for (int x = 1; x <= parts; x++) {
            for (int at = 0; at < secret.length; at++) {
                int value = 0;
                for (int i = threshold - 1; i >= 0; i--) {
                    value = multiply(value, x) ^ (coefficients[i][at] & BYTE);
                }
                shares[x - 1][at] = (byte) value;
            }
        }
        for (int i = 1; i < threshold; i++) {
            Arrays.fill(coefficients[i], (byte) 0);
        }
        return shares;
    }

    /** Joins parts of polynomials over GF(2^8) by Lagrange's interpolation at 0. */
    static byte[] joinBytes(List<Share> shares) {
        byte[] secret = new byte[shares.get(0).value.length()];
        for (Share share : shares) {
            int weight = 1;
            for (Share other : shares) {
                if (other.number != share.number) {
                    weight = multiply(weight, multiply(other.number, inverse(other.number ^ share.number)));
                }
            }
            byte[] value = share.value.sharedArray();
            for (int at = 0; at < secret.length; at++) {
                secret[at] ^= (byte) multiply(weight, value[at] & BYTE);
            }
        }
        return secret;
    }

    /** Multiplies without a branch or a table, whose timing would depend on the secret. */
    private static int multiply(int a, int b) {
        int product = 0;
        int shifted = a;
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            product ^= -((b >> bit) & 1) & shifted;
            shifted = (shifted << 1) ^ (-((shifted >> 7) & 1) & REDUCTION);
        }
        return product & BYTE;
    }

    private static int inverse(int a) {
        int inverse = 1;
        for (int i = 0; i < FIELD - 2; i++) {
            inverse = multiply(inverse, a);
        }
        return inverse;
    }

    /** Splits by a polynomial over the integers modulo a prime, which is greater than the secret. */
    static byte[][] splitPrime(byte[] secret, int parts, int threshold, BigInteger prime, Randomness random)
            throws org.symbolon.TokenException {
        BigInteger[] coefficients = new BigInteger[threshold];
        coefficients[0] = new BigInteger(1, secret);
        for (int i = 1; i < threshold; i++) {
            // 64 bits more than the prime has, so that the remainder is as good as even
            coefficients[i] = new BigInteger(1, random.next(length(prime) + Long.BYTES)).mod(prime);
        }
        IntFunction<byte[]> share = x -> {
            BigInteger value = BigInteger.ZERO;
            for (int i = threshold - 1; i >= 0; i--) {
                value = value.multiply(BigInteger.valueOf(x))
                        .add(coefficients[i])
                        .mod(prime);
            }
            return KeyParts.unsigned(value, length(prime));
        };
        byte[][] shares = new byte[parts][];
        for (int x = 1; x <= parts; x++) {
            shares[x - 1] = share.apply(x);
        }
        return shares;
    }

    private static int length(BigInteger prime) {
        return (prime.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** Joins parts of a polynomial modulo a prime; the secret is as long as asked for, if it fits. */
    static byte[] joinPrime(List<Share> shares, BigInteger prime, int length) {
        BigInteger secret = BigInteger.ZERO;
        for (Share share : shares) {
            BigInteger weight = BigInteger.ONE;
            for (Share other : shares) {
                if (other.number != share.number) {
                    BigInteger distance = BigInteger.valueOf((long) other.number - share.number);
                    weight = weight.multiply(BigInteger.valueOf(other.number))
                            .multiply(distance.modInverse(prime))
                            .mod(prime);
                }
            }
            secret = secret.add(weight.multiply(new BigInteger(1, share.value.sharedArray())))
                    .mod(prime);
        }
        return KeyParts.unsigned(secret, length);
    }
}
