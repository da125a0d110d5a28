package org.symbolon.remote.oncrpc;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.symbolon.remote.rpc.MalformedMessageException;

/** The record marking standard (RFC 5531 section 11): messages on a stream, each in one or more fragments. */
public final class RpcRecord {
    /** The most bytes of a record. */
    public static final int MAX_BYTES = (1 << 24) + (1 << 17);
    /** The most bytes of a record of somebody who is not known yet: a ticket fits. */
    public static final int MAX_INTRODUCTION_BYTES = 1 << 17;
    /** The most fragments of a record; whoever sends more wants to keep a thread busy. */
    static final int MAX_FRAGMENTS = 1024;

    private static final int LAST = 0x8000_0000;
    private static final int FIRST_BYTES = 1 << 16;

    private RpcRecord() {}

    /**
     * Returns a message as a record of one fragment.
     *
     * @param message the message
     * @return the bytes that travel; to be wiped by whoever writes secrets
     */
    public static byte[] encode(byte[] message) {
        return ByteBuffer.allocate(Integer.BYTES + message.length)
                .putInt(LAST | message.length)
                .put(message)
                .array();
    }

    /**
     * Reads a record. Memory grows with what has come, not with what is claimed.
     *
     * @param in where it comes from
     * @param max the most bytes, at most {@link #MAX_BYTES}
     * @return the message, or empty if the stream ends where a record could begin
     * @throws MalformedMessageException if it is longer, or in too many fragments
     * @throws EOFException if the stream ends within it
     * @throws IOException if reading fails
     */
    public static Optional<byte[]> read(InputStream in, int max) throws IOException {
        byte[] message = new byte[0];
        for (int fragments = 0; ; fragments++) {
            byte[] header = new byte[Integer.BYTES];
            int got = in.readNBytes(header, 0, header.length);
            if (got == 0 && fragments == 0) {
                return Optional.empty();
            }
            if (got < header.length) {
                throw new EOFException("the peer went away within a record");
            }
            int mark = ByteBuffer.wrap(header).getInt();
            message = append(message, in, bounded(mark & ~LAST, max - message.length, fragments));
            if ((mark & LAST) != 0) {
                return Optional.of(message);
            }
        }
    }

    private static int bounded(int length, int most, int fragments) throws MalformedMessageException {
        if (length > most) {
            throw new MalformedMessageException("a record claims " + (length - most) + " bytes more than it may have");
        }
        if (fragments >= MAX_FRAGMENTS) {
            throw new MalformedMessageException("a record has more than " + MAX_FRAGMENTS + " fragments");
        }
        return length;
    }

    private static byte[] append(byte[] message, InputStream in, int length) throws IOException {
        byte[] grown = Arrays.copyOf(message, message.length + Math.min(length, FIRST_BYTES));
        int position = message.length;
        int end = message.length + length;
        Arrays.fill(message, (byte) 0);
        while (position < end) {
            int got = in.readNBytes(grown, position, grown.length - position);
            position += got;
            if (position < grown.length) {
                Arrays.fill(grown, (byte) 0);
                throw new EOFException("the peer went away within a record");
            }
            if (position < end) {
                byte[] larger = Arrays.copyOf(grown, (int) Math.min(end, 2L * grown.length));
                Arrays.fill(grown, (byte) 0);
                grown = larger;
            }
        }
        return grown;
    }
}
