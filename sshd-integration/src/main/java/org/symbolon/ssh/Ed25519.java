package org.symbolon.ssh;

import java.math.BigInteger;
import java.security.spec.EdECPoint;
import java.util.List;

/** Points of Ed25519 in the 32 bytes of RFC 8032 section 5.1.2. */
final class Ed25519 {
    static final int BYTES = 32;

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);
    private static final BigInteger ORDER_8 =
            new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16);
    /** The y of the eight points of small order: keys for which anyone can sign. */
    private static final List<BigInteger> SMALL_ORDER =
            List.of(BigInteger.ZERO, BigInteger.ONE, P.subtract(BigInteger.ONE), ORDER_8, P.subtract(ORDER_8));

    private Ed25519() {}

    static EdECPoint decode(byte[] encoded) {
        byte[] bigEndian = reversed(encoded);
        boolean xOdd = bigEndian[0] < 0;
        bigEndian[0] &= 0x7f;
        return new EdECPoint(xOdd, new BigInteger(1, bigEndian));
    }

    static byte[] encode(EdECPoint point) {
        byte[] bigEndian = new byte[BYTES];
        FixedWidth.put(point.getY(), bigEndian, 0, BYTES);
        if (point.isXOdd()) {
            bigEndian[0] |= (byte) 0x80;
        }
        return reversed(bigEndian);
    }

    /** Refuses what is not the one encoding of a point on the curve, and points of small order. */
    static void check(byte[] encoded, String what) throws SshFormatException {
        if (encoded.length != BYTES) {
            throw new SshFormatException(what + ": an Ed25519 key has 32 bytes, this has " + encoded.length);
        }
        BigInteger y = decode(encoded).getY();
        if (y.compareTo(P) >= 0 || !isSquare(xSquared(y))) {
            throw new SshFormatException(what + ": the point is not on Ed25519's curve");
        }
        if (SMALL_ORDER.contains(y)) {
            throw new SshFormatException(what + ": the point is one of small order, for which anyone can sign");
        }
    }

    /** From -x² + y² = 1 + d x² y² (RFC 8032 section 5.1.3). */
    private static BigInteger xSquared(BigInteger y) {
        BigInteger squared = y.multiply(y).mod(P);
        BigInteger denominator = D.multiply(squared).add(BigInteger.ONE).mod(P);
        return squared.subtract(BigInteger.ONE)
                .multiply(denominator.modInverse(P))
                .mod(P);
    }

    private static boolean isSquare(BigInteger number) {
        BigInteger euler = number.modPow(P.subtract(BigInteger.ONE).shiftRight(1), P);
        return euler.compareTo(BigInteger.ONE) <= 0;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[bytes.length - 1 - i] = bytes[i];
        }
        return reversed;
    }
}
