package org.symbolon.soft.engine;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;

/** The parts of an RSA private key: those that are missing are computed, those that are there are checked. */
final class RsaCrt {
    private static final int MAX_ROUNDS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RsaCrt() {}

    static Attributes complete(Attributes key) throws TokenException {
        BigInteger n = KeyEncoding.integer(key, Attribute.MODULUS);
        BigInteger e = KeyEncoding.integer(key, Attribute.PUBLIC_EXPONENT);
        BigInteger d = KeyEncoding.integer(key, Attribute.PRIVATE_EXPONENT);
        boolean given = key.has(Attribute.PRIME_1) && key.has(Attribute.PRIME_2);
        BigInteger p = given ? KeyEncoding.integer(key, Attribute.PRIME_1) : factor(n, e, d);
        if (p.signum() == 0) {
            throw Failures.value("an RSA prime is not 0");
        }
        BigInteger q = n.divide(p);
        boolean right = p.multiply(q).equals(n)
                && p.compareTo(BigInteger.ONE) > 0
                && q.compareTo(BigInteger.ONE) > 0
                && isInverse(e, d, p)
                && isInverse(e, d, q)
                && matches(key, Attribute.PRIME_2, q)
                && matches(key, Attribute.EXPONENT_1, d.mod(p.subtract(BigInteger.ONE)))
                && matches(key, Attribute.EXPONENT_2, d.mod(q.subtract(BigInteger.ONE)))
                && matches(key, Attribute.COEFFICIENT, q.modInverse(p));
        if (!right) {
            throw Failures.value("the parts of the RSA key do not belong together");
        }
        return Attributes.builder()
                .set(Attribute.PRIME_1, secret(p))
                .set(Attribute.PRIME_2, secret(q))
                .set(Attribute.EXPONENT_1, secret(d.mod(p.subtract(BigInteger.ONE))))
                .set(Attribute.EXPONENT_2, secret(d.mod(q.subtract(BigInteger.ONE))))
                .set(Attribute.COEFFICIENT, secret(q.modInverse(p)))
                .setAll(key)
                .build();
    }

    private static boolean isInverse(BigInteger e, BigInteger d, BigInteger prime) {
        return e.multiply(d).mod(prime.subtract(BigInteger.ONE)).equals(BigInteger.ONE);
    }

    private static boolean matches(Attributes key, Attribute<Bytes> attribute, BigInteger value) {
        return !key.has(attribute) || KeyEncoding.integer(key, attribute).equals(value);
    }

    private static Bytes secret(BigInteger value) {
        return SecretBytes.takeOver(KeyGeneration.unsigned(value, (value.bitLength() + 7) / 8));
    }

    /** Returns a prime factor of n, by the probabilistic method of NIST SP 800-56B appendix C. */
    private static BigInteger factor(BigInteger n, BigInteger e, BigInteger d) throws TokenException {
        BigInteger k = e.multiply(d).subtract(BigInteger.ONE);
        int twos = k.signum() > 0 ? k.getLowestSetBit() : 0;
        BigInteger odd = k.shiftRight(twos);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            BigInteger x = new BigInteger(n.bitLength() - 1, RANDOM).modPow(odd, n);
            for (int i = 0; i < twos; i++) {
                BigInteger square = x.multiply(x).mod(n);
                boolean trivial = x.equals(BigInteger.ONE) || x.equals(n.subtract(BigInteger.ONE));
                if (square.equals(BigInteger.ONE) && !trivial) {
                    return x.subtract(BigInteger.ONE).gcd(n);
                }
                x = square;
            }
        }
        throw Failures.value("the RSA exponents do not belong to the modulus");
    }
}
