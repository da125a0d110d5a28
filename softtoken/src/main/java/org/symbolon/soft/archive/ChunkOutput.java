package org.symbolon.soft.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes bytes as sealed chunks; {@link #finish} writes the last one, without which the file is refused. */
final class ChunkOutput extends OutputStream {
    private final OutputStream out;
    private final ChunkCipher cipher;
    private final byte[] chunk = new byte[ChunkCipher.CHUNK_BYTES];
    private int filled;
    private long number;

    ChunkOutput(OutputStream out, ChunkCipher cipher) {
        this.out = out;
        this.cipher = cipher;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (filled == chunk.length) {
                seal(false);
            }
            int part = Math.min(length - done, chunk.length - filled);
            System.arraycopy(content, offset + done, chunk, filled, part);
            filled += part;
            done += part;
        }
    }

    private void seal(boolean last) throws IOException {
        out.write(cipher.seal(number, last, chunk, filled));
        number++;
        filled = 0;
    }

    void finish() throws IOException {
        seal(true);
        out.flush();
    }

    /** Zeroes what was not written; the file is not finished by that. */
    @Override
    public void close() {
        Arrays.fill(chunk, (byte) 0);
    }
}
