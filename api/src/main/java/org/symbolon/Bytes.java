package org.symbolon;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable string of bytes: an attribute's value, an id, an encoding.
 *
 * <p>Compares by content. {@link SecretBytes} is the kind that can be wiped and never shows what it holds. Thread-safe.
 */
public sealed class Bytes permits SecretBytes {
    private static final int SHOWN_BYTES = 64;
    private static final Bytes EMPTY = new Bytes(new byte[0]);

    final byte[] content;

    Bytes(byte[] content) {
        this.content = content;
    }

    /**
     * Returns bytes with a copy of {@code content}.
     *
     * @param content any length; copied
     * @return the bytes
     */
    public static Bytes of(byte... content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    /**
     * Returns bytes over {@code content} itself, without a copy: for hot paths where the caller gives the array away.
     *
     * @param content any length; kept, and never modified by anyone from now on
     * @return the bytes
     */
    public static Bytes wrap(byte[] content) {
        return new Bytes(content);
    }

    /**
     * Returns the bytes that a hexadecimal text stands for.
     *
     * @param hex an even number of hexadecimal digits in either case, without separators
     * @return the bytes
     * @throws IllegalArgumentException if {@code hex} is something else
     */
    public static Bytes ofHex(String hex) {
        return wrap(HexFormat.of().parseHex(hex));
    }

    /** {@return no bytes: the empty string of bytes} */
    public static Bytes empty() {
        return EMPTY;
    }

    /** {@return the number of bytes} */
    public int length() {
        return content().length;
    }

    /** {@return whether there is no byte at all} */
    public boolean isEmpty() {
        return length() == 0;
    }

    /** {@return a copy of the bytes in a new array, which belongs to the caller} */
    public byte[] toByteArray() {
        return content().clone();
    }

    /** {@return a read-only view of the bytes, without a copy} */
    public ByteBuffer toByteBuffer() {
        return ByteBuffer.wrap(content()).asReadOnlyBuffer();
    }

    /**
     * Returns the array that backs these bytes, for backends on a hot path.
     *
     * @return the shared array: read it, never modify it, do not keep it
     */
    public byte[] sharedArray() {
        return content();
    }

    /** {@return the bytes as lower-case hexadecimal digits} */
    public String toHex() {
        return HexFormat.of().formatHex(content());
    }

    byte[] content() {
        return content;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content(), that.content());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content());
    }

    /** {@return the bytes in hexadecimal, cut after 64 bytes} */
    @Override
    public String toString() {
        return content.length <= SHOWN_BYTES
                ? toHex()
                : HexFormat.of().formatHex(content, 0, SHOWN_BYTES) + "… (" + content.length + " bytes)";
    }
}
