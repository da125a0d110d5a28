package org.symbolon.soft.seal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.symbolon.Pin;

/**
 * A recovery code: 40 characters of Crockford's base 32 in groups of five. They hold the number of its key slot, 160
 * random bits and a checksum, so that a code is known for one by its form.
 *
 * @param number the number of its key slot
 * @param secret the code, without what people write into it
 */
public record RecoveryCode(int number, Pin secret) implements AutoCloseable {
    /** The highest number of a key slot that a code can be for: {@value}. */
    public static final int MAX_NUMBER = 255;

    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int RANDOM_BYTES = 20;
    private static final int CHECKSUM_BYTES = 4;
    private static final int BYTES = 1 + RANDOM_BYTES + CHECKSUM_BYTES;
    private static final int BITS = 5;
    private static final int GROUP = 5;
    private static final int LENGTH = BYTES * Byte.SIZE / BITS;

    /**
     * Returns a new code.
     *
     * @param number the number of its key slot, 1 to {@value #MAX_NUMBER}
     * @return the code, to be closed by the caller
     */
    public static RecoveryCode generate(int number) {
        byte[] random = Aead.random(RANDOM_BYTES);
        byte[] bytes = ByteBuffer.allocate(BYTES).put((byte) number).put(random).array();
        System.arraycopy(checksum(bytes), 0, bytes, BYTES - CHECKSUM_BYTES, CHECKSUM_BYTES);
        char[] text = encode(bytes);
        try {
            return new RecoveryCode(number, Pin.of(text));
        } finally {
            Arrays.fill(random, (byte) 0);
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(text, '\0');
        }
    }

    /**
     * Returns the code that somebody typed, whatever its case, dashes and blanks; O counts as 0, I and L as 1.
     *
     * @param typed what was typed
     * @return the code, to be closed by the caller; empty if it is none
     */
    public static Optional<RecoveryCode> parse(Pin typed) {
        char[] text = typed.toChars();
        char[] plain = new char[LENGTH];
        byte[] bytes = new byte[0];
        try {
            if (!normalize(text, plain)) {
                return Optional.empty();
            }
            bytes = decode(plain);
            boolean good =
                    MessageDigest.isEqual(checksum(bytes), Arrays.copyOfRange(bytes, BYTES - CHECKSUM_BYTES, BYTES));
            return good ? Optional.of(new RecoveryCode(Byte.toUnsignedInt(bytes[0]), Pin.of(plain))) : Optional.empty();
        } finally {
            Arrays.fill(text, '\0');
            Arrays.fill(plain, '\0');
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Returns the code as it is shown: eight groups of five characters.
     *
     * @return the text, to be closed by the caller
     */
    public Pin shown() {
        char[] plain = secret.toChars();
        char[] grouped = new char[LENGTH + LENGTH / GROUP - 1];
        try {
            Arrays.fill(grouped, '-');
            for (int i = 0; i < LENGTH; i++) {
                grouped[i + i / GROUP] = plain[i];
            }
            return Pin.of(grouped);
        } finally {
            Arrays.fill(plain, '\0');
            Arrays.fill(grouped, '\0');
        }
    }

    /** Writes the digits of a text without dashes and blanks, and says whether there are as many as a code has. */
    private static boolean normalize(char[] text, char[] plain) {
        int length = 0;
        for (char c : text) {
            if (c == '-' || c == ' ') {
                continue;
            }
            char digit = canonical(c);
            if (length == LENGTH || valueOf(digit) < 0) {
                return false;
            }
            plain[length++] = digit;
        }
        return length == LENGTH;
    }

    private static char canonical(char c) {
        char upper = c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
        return switch (upper) {
            case 'O' -> '0';
            case 'I', 'L' -> '1';
            default -> upper;
        };
    }

    private static int valueOf(char digit) {
        return Arrays.binarySearch(DIGITS, digit);
    }

    private static char[] encode(byte[] bytes) {
        char[] text = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            int value = 0;
            for (int bit = i * BITS; bit < (i + 1) * BITS; bit++) {
                value = value << 1 | (bytes[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1);
            }
            text[i] = DIGITS[value];
        }
        return text;
    }

    private static byte[] decode(char[] text) {
        byte[] bytes = new byte[BYTES];
        for (int bit = 0; bit < BYTES * Byte.SIZE; bit++) {
            int value = valueOf(text[bit / BITS]);
            int set = value >> (BITS - 1 - bit % BITS) & 1;
            bytes[bit / Byte.SIZE] |= (byte) (set << (Byte.SIZE - 1 - bit % Byte.SIZE));
        }
        return bytes;
    }

    private static byte[] checksum(byte[] bytes) {
        byte[] checked = Arrays.copyOf(bytes, BYTES - CHECKSUM_BYTES);
        try {
            return Arrays.copyOf(Sha256.digest(checked), CHECKSUM_BYTES);
        } finally {
            Arrays.fill(checked, (byte) 0);
        }
    }

    /** Wipes the code. */
    @Override
    public void close() {
        secret.close();
    }
}
