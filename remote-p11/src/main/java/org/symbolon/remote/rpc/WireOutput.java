package org.symbolon.remote.rpc;

import java.util.Arrays;
import org.symbolon.remote.rpc.Argument.Data;

/** Writes the primitives of the protocol, all big-endian, and wipes what it outgrows: there may be a PIN in it. */
final class WireOutput implements FieldOutput {
    private static final int NULL = -1;
    private static final int FIRST_BYTES = 256;

    private byte[] content = new byte[FIRST_BYTES];
    private int position;

    @Override
    public void octet(int value) {
        grow(1);
        content[position++] = (byte) value;
    }

    void uint32(long value) {
        bigEndian(value, Integer.BYTES);
    }

    @Override
    public void uint64(long value) {
        bigEndian(value, Long.BYTES);
    }

    private void bigEndian(long value, int bytes) {
        grow(bytes);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            content[position++] = (byte) (value >>> shift);
        }
    }

    void byteArray(Argument value) {
        if (value instanceof Data data) {
            byteArray(data.bytes().sharedArray());
        } else {
            uint32(NULL);
        }
    }

    @Override
    public void byteArray(byte[] bytes) {
        uint32(bytes.length);
        grow(bytes.length);
        System.arraycopy(bytes, 0, content, position, bytes.length);
        position += bytes.length;
    }

    /** Returns what was written and forgets it. */
    byte[] finish() {
        byte[] written = Arrays.copyOf(content, position);
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
