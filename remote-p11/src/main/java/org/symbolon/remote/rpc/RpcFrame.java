package org.symbolon.remote.rpc;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.symbolon.Bytes;

/**
 * A frame: a message with the code by which its reply is known.
 *
 * @param code chosen by who asks, not 0, and echoed in the reply
 * @param options of a request who asks, in ASCII; up to {@value #MAX_OPTIONS_BYTES} bytes
 * @param body the message; up to {@value #MAX_BODY_BYTES} bytes
 */
public record RpcFrame(int code, Bytes options, Bytes body) {
    /** The length of a frame without options and body. */
    public static final int HEADER_BYTES = 12;
    /** The most bytes of options. */
    public static final int MAX_OPTIONS_BYTES = 1 << 16;
    /** The most bytes of a body. */
    public static final int MAX_BODY_BYTES = 1 << 24;

    /** {@return the frame as it travels; there may be a PIN in it, so it is to be wiped} */
    public byte[] encode() {
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + options.length() + body.length());
        frame.putInt(code).putInt(options.length()).putInt(body.length());
        return frame.put(options.sharedArray()).put(body.sharedArray()).array();
    }

    /**
     * Reads a frame.
     *
     * @param in where it comes from
     * @return the frame, or empty if the stream ends where a frame could begin
     * @throws MalformedMessageException if it claims to be longer than a frame is
     * @throws EOFException if the stream ends within it
     * @throws IOException if reading fails
     */
    public static Optional<RpcFrame> read(InputStream in) throws IOException {
        byte[] header = new byte[HEADER_BYTES];
        int length = in.readNBytes(header, 0, HEADER_BYTES);
        if (length == 0) {
            return Optional.empty();
        }
        if (length < HEADER_BYTES) {
            throw new EOFException("the peer went away within a frame");
        }
        ByteBuffer fields = ByteBuffer.wrap(header);
        int code = fields.getInt();
        int optionsBytes = bounded(fields.getInt(), MAX_OPTIONS_BYTES, "options");
        int bodyBytes = bounded(fields.getInt(), MAX_BODY_BYTES, "a body");
        return Optional.of(new RpcFrame(code, bytes(in, optionsBytes), bytes(in, bodyBytes)));
    }

    private static int bounded(int length, int max, String what) throws MalformedMessageException {
        if (length < 0 || length > max) {
            throw new MalformedMessageException("a frame claims " + what + " of " + Integer.toUnsignedString(length)
                    + " bytes; the most is " + max);
        }
        return length;
    }

    private static Bytes bytes(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the peer went away within a frame");
        }
        return Bytes.wrap(bytes);
    }

    /** Wipes the body. */
    public void wipe() {
        Arrays.fill(body.sharedArray(), (byte) 0);
    }

    @Override
    public String toString() {
        return "RpcFrame[" + code + ", " + body.length() + " bytes]";
    }
}
