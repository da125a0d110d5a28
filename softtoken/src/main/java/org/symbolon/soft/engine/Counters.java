package org.symbolon.soft.engine;

/** Numbers as derivations write them. */
final class Counters {
    private Counters() {}

    static byte[] bigEndian(long value, int bytes) {
        byte[] encoded = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            int shift = 8 * (bytes - 1 - i);
            encoded[i] = shift >= Long.SIZE ? 0 : (byte) (value >>> shift);
        }
        return encoded;
    }

    static byte[] littleEndian(long value, int bytes) {
        byte[] encoded = bigEndian(value, bytes);
        for (int i = 0; i < bytes / 2; i++) {
            byte swapped = encoded[i];
            encoded[i] = encoded[bytes - 1 - i];
            encoded[bytes - 1 - i] = swapped;
        }
        return encoded;
    }
}
