package org.symbolon.ssh;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes DER elements. Static functions over arrays; {@link #wiped} is for parts that are secret. */
public final class DerWriter {
    private static final int MAX_LENGTH = 0xffffff;

    private DerWriter() {}

    /**
     * One element: tag, length and the parts after each other.
     *
     * @param tag the tag
     * @param parts what it holds; neither kept nor changed
     * @return a new array
     */
    public static byte[] element(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("A DER element of " + length + " bytes, at most " + MAX_LENGTH);
        }
        byte[] header = header(tag, length);
        byte[] element = Arrays.copyOf(header, header.length + length);
        int position = header.length;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, element, position, part.length);
            position += part.length;
        }
        return element;
    }

    /** As {@link #element}, and then the parts are zeroed. */
    static byte[] wiped(int tag, byte[]... parts) {
        byte[] element = element(tag, parts);
        for (byte[] part : parts) {
            Arrays.fill(part, (byte) 0);
        }
        return element;
    }

    /**
     * An INTEGER.
     *
     * @param value any number
     * @return a new array
     */
    public static byte[] integer(BigInteger value) {
        return element(DerReader.INTEGER, value.toByteArray());
    }

    static byte[] bits(byte[] content) {
        return element(DerReader.BIT_STRING, new byte[] {0}, content);
    }

    /**
     * An OBJECT IDENTIFIER.
     *
     * @param dotted the dotted form, of two arcs at least
     * @return a new array
     */
    public static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        arc(40 * Long.parseLong(arcs[0]) + Long.parseLong(arcs[1]), content);
        for (int i = 2; i < arcs.length; i++) {
            arc(Long.parseLong(arcs[i]), content);
        }
        return element(DerReader.OBJECT_IDENTIFIER, content.toByteArray());
    }

    private static void arc(long value, ByteArrayOutputStream to) {
        List<Integer> digits = new ArrayList<>();
        for (long rest = value; rest > 0 || digits.isEmpty(); rest >>>= 7) {
            digits.add(0, (int) (rest & 0x7f));
        }
        for (int i = 0; i < digits.size(); i++) {
            to.write(digits.get(i) | (i < digits.size() - 1 ? 0x80 : 0));
        }
    }

    private static byte[] header(int tag, int length) {
        if (length < 0x80) {
            return new byte[] {(byte) tag, (byte) length};
        }
        if (length <= 0xff) {
            return new byte[] {(byte) tag, (byte) 0x81, (byte) length};
        }
        if (length <= 0xffff) {
            return new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        }
        return new byte[] {(byte) tag, (byte) 0x83, (byte) (length >> 16), (byte) (length >> 8), (byte) length};
    }
}
