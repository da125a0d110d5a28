package org.symbolon.ssh;

import java.math.BigInteger;

/** Numbers as a fixed count of big-endian bytes. */
final class FixedWidth {
    private FixedWidth() {}

    /** Writes a number of 0 to {@code 256^size - 1} into {@code size} bytes. */
    static void put(BigInteger number, byte[] to, int offset, int size) {
        if (number.signum() < 0 || number.bitLength() > 8 * size) {
            throw new IllegalArgumentException("A number of " + number.bitLength() + " bits for " + size + " bytes");
        }
        byte[] bytes = number.toByteArray();
        int skip = Math.max(0, bytes.length - size);
        System.arraycopy(bytes, skip, to, offset + size - (bytes.length - skip), bytes.length - skip);
    }
}
