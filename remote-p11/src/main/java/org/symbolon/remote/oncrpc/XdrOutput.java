package org.symbolon.remote.oncrpc;

import java.util.Arrays;

/** Writes XDR (RFC 4506), and wipes what it outgrows: there may be a PIN in it. Not thread-safe. */
public final class XdrOutput {
    private static final int FIRST_BYTES = 256;
    private static final int UNIT = 4;

    private byte[] content = new byte[FIRST_BYTES];
    private int position;

    /** Makes an output without anything in it. */
    public XdrOutput() {}

    /**
     * Writes a number of 4 bytes: int, unsigned int, enum (sections 4.1 to 4.3).
     *
     * @param value its lower 32 bits are written
     */
    public void uint32(long value) {
        bigEndian(value, Integer.BYTES);
    }

    /**
     * Writes a number of 8 bytes: hyper and unsigned hyper (section 4.5).
     *
     * @param value the number
     */
    public void hyper(long value) {
        bigEndian(value, Long.BYTES);
    }

    /**
     * Writes a boolean (section 4.4).
     *
     * @param value the value
     */
    public void bool(boolean value) {
        uint32(value ? 1 : 0);
    }

    /**
     * Writes opaque data of variable length (section 4.10): its length, the bytes, zeros up to a multiple of four.
     *
     * @param bytes the bytes
     */
    public void opaque(byte[] bytes) {
        uint32(bytes.length);
        fixed(bytes);
    }

    /**
     * Writes opaque data of fixed length (section 4.9), with zeros up to a multiple of four.
     *
     * @param bytes the bytes
     */
    public void fixed(byte[] bytes) {
        raw(bytes);
        int padding = -bytes.length & UNIT - 1;
        grow(padding);
        position += padding; // what was not written yet is zero
    }

    /**
     * Writes bytes that are XDR already.
     *
     * @param bytes the bytes
     */
    public void raw(byte[] bytes) {
        grow(bytes.length);
        System.arraycopy(bytes, 0, content, position, bytes.length);
        position += bytes.length;
    }

    private void bigEndian(long value, int bytes) {
        grow(bytes);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            content[position++] = (byte) (value >>> shift);
        }
    }

    /** {@return a copy of what was written so far} */
    public byte[] soFar() {
        return Arrays.copyOf(content, position);
    }

    /** {@return what was written, which is forgotten} */
    public byte[] finish() {
        byte[] written = soFar();
        Arrays.fill(content, (byte) 0);
        position = 0;
        return written;
    }

    private void grow(int more) {
        int needed = Math.addExact(position, more);
        if (needed > content.length) {
            byte[] larger = Arrays.copyOf(
                    content, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * content.length)));
            Arrays.fill(content, (byte) 0);
            content = larger;
        }
    }
}
