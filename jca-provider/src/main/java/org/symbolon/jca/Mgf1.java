package org.symbolon.jca;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** The mask generation function MGF1 (RFC 8017 appendix B.2.1). */
final class Mgf1 {
    private Mgf1() {}

    /** XORs the mask that a seed makes into a part of a block. */
    static void mask(byte[] block, int start, int length, byte[] seed, MessageDigest hash) {
        int counter = 0;
        for (int done = 0; done < length; ) {
            hash.update(seed);
            byte[] part = hash.digest(
                    ByteBuffer.allocate(Integer.BYTES).putInt(counter++).array());
            for (int i = 0; i < part.length && done < length; i++) {
                block[start + done++] ^= part[i];
            }
        }
    }
}
