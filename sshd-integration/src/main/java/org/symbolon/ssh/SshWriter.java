package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/**
 * Writes the data types of RFC 4251 section 5, one after the other. For public data: its buffers are not wiped. For one
 * thread at a time.
 */
public final class SshWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    /** Begins with no bytes. */
    public SshWriter() {}

    /**
     * Writes one byte.
     *
     * @param value its low 8 bits count
     * @return this
     */
    public SshWriter octet(int value) {
        out.write(value);
        return this;
    }

    /**
     * Writes a boolean.
     *
     * @param value the value
     * @return this
     */
    public SshWriter bool(boolean value) {
        return octet(value ? 1 : 0);
    }

    /**
     * Writes a uint32.
     *
     * @param value its low 32 bits count
     * @return this
     */
    public SshWriter uint32(long value) {
        return number(value, 4);
    }

    /**
     * Writes a uint64.
     *
     * @param value taken as unsigned
     * @return this
     */
    public SshWriter uint64(long value) {
        return number(value, 8);
    }

    /**
     * Writes bytes without a length before them.
     *
     * @param value the bytes, copied
     * @return this
     */
    public SshWriter raw(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    /**
     * Writes a string of bytes.
     *
     * @param value the bytes, copied
     * @return this
     */
    public SshWriter string(byte[] value) {
        return uint32(value.length).raw(value);
    }

    /**
     * Writes a string of text, in UTF-8.
     *
     * @param value the text
     * @return this
     */
    public SshWriter string(String value) {
        return string(value.getBytes(UTF_8));
    }

    /**
     * Writes an mpint in its shortest form.
     *
     * @param value the number
     * @return this
     */
    public SshWriter mpint(BigInteger value) {
        return string(value.signum() == 0 ? new byte[0] : value.toByteArray());
    }

    /**
     * How much was written.
     *
     * @return a number of bytes
     */
    public int size() {
        return out.size();
    }

    /**
     * All that was written.
     *
     * @return a new array
     */
    public byte[] toByteArray() {
        return out.toByteArray();
    }

    private SshWriter number(long value, int count) {
        for (int shift = 8 * count - 8; shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
        return this;
    }
}
