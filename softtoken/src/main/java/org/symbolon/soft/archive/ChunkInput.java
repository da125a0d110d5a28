package org.symbolon.soft.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Reads bytes from sealed chunks, each opened before any of its bytes is given out. */
final class ChunkInput extends InputStream {
    private static final int SEALED_BYTES = ChunkCipher.CHUNK_BYTES + ChunkCipher.TAG_BYTES;

    private final InputStream in;
    private final ChunkCipher cipher;
    private final long headerBytes;
    private final byte[] sealed = new byte[SEALED_BYTES + 1];
    private byte[] chunk = new byte[0];
    private int position;
    private int ahead;
    private long number;
    private boolean ended;

    ChunkInput(InputStream in, ChunkCipher cipher, long headerBytes) {
        this.in = in;
        this.cipher = cipher;
        this.headerBytes = headerBytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == chunk.length) {
            if (ended) {
                return -1;
            }
            next();
        }
        int part = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, part);
        position += part;
        return part;
    }

    /** Opens the next chunk; a byte is read beyond it to see whether it is the last. */
    private void next() throws IOException {
        int length = ahead + in.readNBytes(sealed, ahead, sealed.length - ahead);
        boolean last = length <= SEALED_BYTES;
        int own = Math.min(length, SEALED_BYTES);
        Optional<byte[]> opened =
                own < ChunkCipher.TAG_BYTES ? Optional.empty() : cipher.open(number, last, sealed, own);
        if (opened.isEmpty()) {
            throw damaged(last, own);
        }
        Arrays.fill(chunk, (byte) 0);
        chunk = opened.get();
        position = 0;
        ended = last;
        number++;
        ahead = length - own;
        sealed[0] = sealed[SEALED_BYTES];
    }

    private ArchiveFormatException damaged(boolean last, int length) {
        long from = headerBytes + number * SEALED_BYTES;
        String where = "chunk " + number + " (from byte " + from + ")";
        if (length < ChunkCipher.TAG_BYTES) {
            return new ArchiveFormatException("the backup was truncated: it ends before " + where);
        }
        Optional<byte[]> otherwise = cipher.open(number, !last, sealed, length);
        otherwise.ifPresent(content -> Arrays.fill(content, (byte) 0));
        if (otherwise.isPresent()) {
            return new ArchiveFormatException(
                    last
                            ? "the backup was truncated: " + where + " is whole and not the last one"
                            : "something was appended to the backup: " + where + " is its last one, and more follows");
        }
        return new ArchiveFormatException("the backup is damaged: " + where
                + " is not what was written there: it was changed, cut off, moved or taken from another backup");
    }

    /** Zeroes what was read. */
    @Override
    public void close() {
        Arrays.fill(chunk, (byte) 0);
        ended = true;
        position = chunk.length;
    }
}
