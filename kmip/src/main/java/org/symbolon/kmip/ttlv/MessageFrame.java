package org.symbolon.kmip.ttlv;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Cuts messages out of a stream of bytes: each is one structure, whose header tells its length. */
public final class MessageFrame {
    private static final int TYPE_MASK = 0xFF;

    private MessageFrame() {}

    /**
     * Reads the next message.
     *
     * @param input where from; left after the message
     * @param expected the message's tag
     * @param limits how much is taken
     * @return the message's bytes, a new array; empty if the stream ends before it begins
     * @throws MalformedTtlvException if what comes is no such message
     * @throws EOFException if the stream ends within it
     * @throws IOException if reading fails
     */
    public static Optional<byte[]> read(InputStream input, Tag expected, TtlvLimits limits) throws IOException {
        byte[] header = input.readNBytes(TtlvSource.HEADER_BYTES);
        if (header.length == 0) {
            return Optional.empty();
        }
        if (header.length < TtlvSource.HEADER_BYTES) {
            throw new EOFException("the connection ended after " + header.length + " bytes of a message");
        }
        ByteBuffer fields = ByteBuffer.wrap(header);
        int tagAndType = fields.getInt();
        Tag tag = Tag.of(tagAndType >>> Byte.SIZE);
        if (!tag.equals(expected) || (tagAndType & TYPE_MASK) != ItemType.STRUCTURE.code()) {
            throw new MalformedTtlvException("a " + expected + " begins with its tag and type, and here comes " + tag
                    + " of type " + (tagAndType & TYPE_MASK) + ": is the other end a KMIP peer?");
        }
        long length = Integer.toUnsignedLong(fields.getInt());
        if (length > limits.maxBytes() - TtlvSource.HEADER_BYTES) {
            throw new MalformedTtlvException(
                    expected + " of " + length + " bytes; at most " + limits.maxBytes() + " are taken");
        }
        byte[] message = new byte[TtlvSource.HEADER_BYTES + (int) length];
        System.arraycopy(header, 0, message, 0, header.length);
        int read = input.readNBytes(message, header.length, (int) length);
        if (read < length) {
            throw new EOFException("the connection ended after " + (header.length + read) + " bytes of a message of "
                    + message.length);
        }
        return Optional.of(message);
    }
}
