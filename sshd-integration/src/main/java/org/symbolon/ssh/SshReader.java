package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * Reads the data types of RFC 4251 section 5. Every length is checked against its bound and what is left, then allocated.
 *
 * <p>Each method takes the name of the field for the message of its error, and leaves the position after the field. For one
 * thread at a time.
 */
public final class SshReader {
    private final byte[] bytes;
    private final String what;
    private int position;

    /**
     * Begins at the first byte.
     *
     * @param bytes the bytes, neither copied nor changed
     * @param what what they should be; it begins each error message
     */
    public SshReader(byte[] bytes, String what) {
        this.bytes = bytes;
        this.what = what;
    }

    /**
     * The offset of the next field.
     *
     * @return 0 to the number of bytes
     */
    public int position() {
        return position;
    }

    /**
     * How much is left.
     *
     * @return a number of bytes
     */
    public int remaining() {
        return bytes.length - position;
    }

    /**
     * Reads one byte.
     *
     * @param field its name
     * @return 0 to 255
     * @throws SshFormatException if nothing is left
     */
    public int octet(String field) throws SshFormatException {
        return (int) number(1, field);
    }

    /**
     * Reads a boolean: any byte but zero is true.
     *
     * @param field its name
     * @return the value
     * @throws SshFormatException if nothing is left
     */
    public boolean bool(String field) throws SshFormatException {
        return octet(field) != 0;
    }

    /**
     * Reads a uint32.
     *
     * @param field its name
     * @return 0 to 2^32 - 1
     * @throws SshFormatException if less than 4 bytes are left
     */
    public long uint32(String field) throws SshFormatException {
        return number(4, field);
    }

    /**
     * Reads a uint64.
     *
     * @param field its name
     * @return the value, to be taken as unsigned
     * @throws SshFormatException if less than 8 bytes are left
     */
    public long uint64(String field) throws SshFormatException {
        return number(8, field);
    }

    /**
     * Reads bytes that have no length before them.
     *
     * @param field its name
     * @param length how many, not negative
     * @return a new array
     * @throws SshFormatException if less are left
     */
    public byte[] raw(String field, int length) throws SshFormatException {
        require(length, field);
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    /**
     * Reads a string of bytes.
     *
     * @param field its name
     * @param maxBytes the longest that is taken
     * @return a new array
     * @throws SshFormatException if it is longer, or less is left than it says
     */
    public byte[] string(String field, int maxBytes) throws SshFormatException {
        int start = position;
        long length = uint32(field);
        if (length > remaining()) {
            throw error(field + " says " + length + " bytes, " + remaining() + " are left", start);
        }
        if (length > maxBytes) {
            throw error(field + " has " + length + " bytes, at most " + maxBytes + " are allowed", start);
        }
        return raw(field, (int) length);
    }

    /**
     * Reads a string of text.
     *
     * @param field its name
     * @param maxBytes the longest that is taken, in bytes of UTF-8
     * @return the text; it may have any characters, control characters too
     * @throws SshFormatException if it is longer, less is left than it says, or it is not UTF-8
     */
    public String text(String field, int maxBytes) throws SshFormatException {
        int start = position;
        byte[] value = string(field, maxBytes);
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException e) {
            throw error(field + " is not UTF-8", start);
        }
    }

    /**
     * Reads a string of printable ASCII, as all names in SSH are (RFC 4251 section 6).
     *
     * @param field its name
     * @param maxBytes the longest that is taken
     * @return the name, not empty
     * @throws SshFormatException if it is empty, longer, or has other characters
     */
    public String name(String field, int maxBytes) throws SshFormatException {
        int start = position;
        byte[] value = string(field, maxBytes);
        for (byte b : value) {
            if (b <= ' ' || b == 0x7f) {
                throw error(field + " is not a name of printable ASCII characters", start);
            }
        }
        if (value.length == 0) {
            throw error(field + " is empty", start);
        }
        return new String(value, US_ASCII);
    }

    /**
     * Reads an mpint that is positive and in its shortest form.
     *
     * @param field its name
     * @param maxBits the biggest that is taken
     * @return the number, 1 or more
     * @throws SshFormatException if it is zero, negative, bigger, or not in its shortest form
     */
    public BigInteger positive(String field, int maxBits) throws SshFormatException {
        int start = position;
        byte[] value = string(field, maxBits / 8 + 1);
        try {
            if (value.length == 0) {
                throw error(field + " is zero", start);
            }
            if (value[0] < 0) {
                throw error(field + " is negative", start);
            }
            if (value[0] == 0 && (value.length == 1 || value[1] >= 0)) {
                throw error(field + " has needless leading zeros", start);
            }
            BigInteger number = new BigInteger(value);
            if (number.bitLength() > maxBits) {
                throw error(field + " has " + number.bitLength() + " bits, at most " + maxBits + " are allowed", start);
            }
            return number;
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    /**
     * Checks that nothing is left.
     *
     * @throws SshFormatException if something is
     */
    public void end() throws SshFormatException {
        if (remaining() > 0) {
            throw error(remaining() + " bytes follow its end", position);
        }
    }

    /**
     * An error about these bytes.
     *
     * @param reason what is wrong
     * @param at the offset of the field
     * @return an exception to throw
     */
    public SshFormatException error(String reason, int at) {
        return new SshFormatException(what + ": " + reason, at);
    }

    private long number(int count, String field) throws SshFormatException {
        require(count, field);
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 8) | (bytes[position++] & 0xff);
        }
        return value;
    }

    private void require(int count, String field) throws SshFormatException {
        if (count > remaining()) {
            throw error(field + " needs " + count + " bytes, " + remaining() + " are left", position);
        }
    }
}
