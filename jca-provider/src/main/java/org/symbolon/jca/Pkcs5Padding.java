package org.symbolon.jca;

import java.util.Arrays;
import javax.crypto.BadPaddingException;

/** PKCS #5's padding of blocks (RFC 8018 section 6.1.1). */
final class Pkcs5Padding {
    private Pkcs5Padding() {}

    /** Returns the data with its padding; the data is wiped. */
    static byte[] add(byte[] data, int blockBytes) {
        int padding = blockBytes - data.length % blockBytes;
        byte[] padded = Arrays.copyOf(data, data.length + padding);
        Arrays.fill(padded, data.length, padded.length, (byte) padding);
        Arrays.fill(data, (byte) 0);
        return padded;
    }

    /** Returns the data without its padding; what was given is wiped. */
    static byte[] remove(byte[] padded, int blockBytes) throws BadPaddingException {
        int padding = padded.length == 0 ? 0 : padded[padded.length - 1] & 0xFF;
        boolean good = padding >= 1 && padding <= Math.min(blockBytes, padded.length);
        int from = good ? padded.length - padding : 0;
        int wrong = 0;
        for (int i = Math.max(0, padded.length - blockBytes); i < padded.length; i++) {
            int mask = (from - 1 - i) >> 31; // all ones in the padding
            wrong |= mask & (padded[i] ^ padding);
        }
        byte[] data = good && (wrong & 0xFF) == 0 ? Arrays.copyOf(padded, from) : null;
        Arrays.fill(padded, (byte) 0);
        if (data == null) {
            throw new BadPaddingException("the last block is not padded right: another key, or damaged data");
        }
        return data;
    }
}
