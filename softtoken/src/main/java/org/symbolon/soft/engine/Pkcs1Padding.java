package org.symbolon.soft.engine;

import java.util.Arrays;
import java.util.Optional;

/** The padding of PKCS #1 v1.5 (RFC 8017 sections 7.2 and 9.2). */
final class Pkcs1Padding {
    /** How many bytes less than the modulus a message has at most. */
    static final int BYTES = 11;

    private static final int FIRST_RANDOM = 2;
    private static final int MIN_RANDOM = 8;

    private Pkcs1Padding() {}

    static byte[] forSignature(byte[] data, int length) {
        byte[] block = new byte[length];
        block[1] = 1;
        Arrays.fill(block, FIRST_RANDOM, length - data.length - 1, (byte) 0xFF);
        System.arraycopy(data, 0, block, length - data.length, data.length);
        return block;
    }

    static byte[] forEncryption(byte[] data, int length) {
        byte[] block = new byte[length];
        block[1] = 2;
        int end = length - data.length - 1;
        byte[] random = KeyGeneration.random(end - FIRST_RANDOM);
        for (int i = FIRST_RANDOM; i < end; i++) {
            byte value = random[i - FIRST_RANDOM];
            while (value == 0) {
                value = KeyGeneration.random(1)[0];
            }
            block[i] = value;
        }
        System.arraycopy(data, 0, block, length - data.length, data.length);
        return block;
    }

    /**
     * Returns the message of a decrypted block, or empty if the padding is wrong.
     *
     * <p>Looks at each byte once and branches on none, so that its time tells nothing of where the padding is wrong.
     */
    static Optional<byte[]> remove(byte[] block) {
        int wrong = block[0] | (block[1] ^ FIRST_RANDOM);
        int looking = -1;
        int separator = 0;
        for (int i = FIRST_RANDOM; i < block.length; i++) {
            int zero = ((block[i] & 0xFF) - 1) >> 31;
            separator |= i & zero & looking;
            looking &= ~zero;
        }
        wrong |= looking | ((separator - FIRST_RANDOM - MIN_RANDOM) >> 31);
        byte[] message = Arrays.copyOfRange(block, Math.min(separator + 1, block.length), block.length);
        Arrays.fill(block, (byte) 0);
        return wrong == 0 ? Optional.of(message) : Optional.empty();
    }
}
