package org.symbolon.ssh.agent;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** How messages travel: {@code uint32 length, byte type, body} (RFC 9987 section 3). */
final class AgentFrame {
    /** The longest message that is read or written, as OpenSSH has it. */
    static final int MAX_BYTES = 256 * 1024;

    private static final int LENGTH_BYTES = 4;

    private AgentFrame() {}

    /**
     * Reads a message. Its length is checked before anything is allocated for it.
     *
     * @return its type and body
     * @throws MalformedAgentMessageException if it has no type or is too long
     * @throws EOFException if the other end hangs up before its last byte
     */
    static byte[] read(InputStream in) throws IOException {
        byte[] head = in.readNBytes(LENGTH_BYTES);
        if (head.length < LENGTH_BYTES) {
            throw new EOFException("the agent connection ended");
        }
        long length = Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt());
        if (length < 1 || length > MAX_BYTES) {
            throw new MalformedAgentMessageException(
                    "an agent message of " + length + " bytes; 1 to " + MAX_BYTES + " are allowed");
        }
        byte[] payload = in.readNBytes((int) length);
        if (payload.length < length) {
            throw new EOFException("the agent connection ended in the middle of a message");
        }
        return payload;
    }

    /** Returns a message with its length before it. */
    static byte[] of(byte[] payload) {
        return ByteBuffer.allocate(LENGTH_BYTES + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array();
    }
}
