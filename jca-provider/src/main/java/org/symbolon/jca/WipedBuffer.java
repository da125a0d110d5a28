package org.symbolon.jca;

import java.util.Arrays;

/** Bytes that are collected until an operation takes them, bounded, and wiped when they are taken. Not thread-safe. */
final class WipedBuffer {
    /** The most that is collected for an operation which takes all of its input at once, in bytes. */
    static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final int FIRST_BYTES = 64;

    private byte[] content = new byte[0];
    private int size;

    int size() {
        return size;
    }

    void write(byte[] data, int offset, int length) {
        if (length > MAX_BYTES - size) {
            wipe();
            throw new IllegalStateException(
                    "this algorithm takes at most " + MAX_BYTES + " bytes, since the token gets all of them at once");
        }
        if (length > content.length - size) {
            byte[] larger = Arrays.copyOf(content, Math.max(size + length, Math.max(FIRST_BYTES, 2 * content.length)));
            Arrays.fill(content, (byte) 0);
            content = larger;
        }
        System.arraycopy(data, offset, content, size, length);
        size += length;
    }

    /** Returns a copy of what there is; it stays. */
    byte[] peek() {
        return Arrays.copyOf(content, size);
    }

    /** Returns what there is and forgets it. */
    byte[] take() {
        if (size == content.length) {
            byte[] all = content;
            content = new byte[0];
            size = 0;
            return all;
        }
        byte[] whole = peek();
        wipe();
        return whole;
    }

    /** Returns the first bytes and forgets them. */
    byte[] take(int length) {
        byte[] head = Arrays.copyOf(content, length);
        System.arraycopy(content, length, content, 0, size - length);
        Arrays.fill(content, size - length, size, (byte) 0);
        size -= length;
        return head;
    }

    void wipe() {
        Arrays.fill(content, 0, size, (byte) 0);
        size = 0;
    }
}
