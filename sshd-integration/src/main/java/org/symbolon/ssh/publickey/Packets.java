package org.symbolon.ssh.publickey;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.SshWriter;

/**
 * The packets of the public key subsystem (RFC 4819 section 3.2): a length, then that many bytes.
 *
 * <p>What is written leaves at {@link #flush}, in one write if it fits into the buffer: libssh2 loses entries of a list that
 * arrives in pieces.
 */
final class Packets {
    /** The longest packet that is read or written. */
    static final int MAX_PACKET_BYTES = 256 * 1024;

    /** What may come before the client's first packet: what a login prints. */
    private static final int MAX_NOISE_BYTES = 64 * 1024;

    private static final int BUFFER_BYTES = 512 * 1024;
    /** The frame of the version packet up to its number: every peer's stream begins so (RFC 4819 section 3.4). */
    private static final byte[] VERSION_START =
            new SshWriter().uint32(15).string("version").toByteArray();

    private final InputStream in;
    private final OutputStream out;

    Packets(InputStream in, OutputStream out) {
        this.in = new BufferedInputStream(in);
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    }

    /** The bytes of the next packet without its length, or empty where the stream ends before one. */
    Optional<byte[]> read() throws IOException, SshFormatException {
        byte[] length = in.readNBytes(Integer.BYTES);
        if (length.length == 0) {
            return Optional.empty();
        }
        long bytes = length.length < Integer.BYTES ? 0 : new SshReader(length, "packet").uint32("length");
        if (bytes > MAX_PACKET_BYTES) {
            throw new SshFormatException("packet: " + bytes + " bytes, at most " + MAX_PACKET_BYTES + " are allowed");
        }
        byte[] packet = in.readNBytes((int) bytes);
        if (length.length < Integer.BYTES || packet.length < bytes) {
            throw new EOFException("The peer ended the stream within a packet");
        }
        return Optional.of(packet);
    }

    /** Drops what a login printed before the peer's first packet, and returns the version that the packet announces. */
    long readVersionAfterNoise() throws IOException, SshFormatException {
        byte[] last = new byte[VERSION_START.length];
        for (int i = 0; !Arrays.equals(last, VERSION_START); i++) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The peer ended the stream before it announced its version");
            }
            if (i == MAX_NOISE_BYTES) {
                throw new SshFormatException("version: not within the first " + MAX_NOISE_BYTES + " bytes");
            }
            System.arraycopy(last, 1, last, 0, last.length - 1);
            last[last.length - 1] = (byte) next;
        }
        return new SshReader(in.readNBytes(Integer.BYTES), "version").uint32("number");
    }

    /** Adds a packet to what leaves at the next flush, or before where the buffer is full. */
    void write(byte[] packet) throws IOException {
        if (packet.length > MAX_PACKET_BYTES) {
            throw new IOException("A packet of " + packet.length + " bytes is not sent, at most " + MAX_PACKET_BYTES
                    + " are allowed");
        }
        out.write(new SshWriter().uint32(packet.length).raw(packet).toByteArray());
    }

    void flush() throws IOException {
        out.flush();
    }
}
