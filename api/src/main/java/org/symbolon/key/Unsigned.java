package org.symbolon.key;

import java.math.BigInteger;
import java.util.Arrays;
import org.symbolon.Bytes;

/** Unsigned big-endian numbers. */
final class Unsigned {
    private Unsigned() {}

    /** {@return the shortest encoding} */
    static Bytes bytes(BigInteger value) {
        byte[] signed = value.toByteArray();
        return Bytes.wrap(signed[0] == 0 && signed.length > 1 ? Arrays.copyOfRange(signed, 1, signed.length) : signed);
    }

    /** {@return the encoding of a fixed length} */
    static byte[] bytes(BigInteger value, int length) {
        byte[] shortest = bytes(value).toByteArray();
        if (shortest.length > length) {
            throw new IllegalArgumentException("a number of " + shortest.length + " bytes does not fit in " + length);
        }
        byte[] padded = new byte[length];
        System.arraycopy(shortest, 0, padded, length - shortest.length, shortest.length);
        Arrays.fill(shortest, (byte) 0);
        return padded;
    }

    static BigInteger number(Bytes bytes) {
        return new BigInteger(1, bytes.sharedArray());
    }
}
