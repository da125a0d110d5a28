package org.symbolon.remote.oncrpc;

import java.util.Arrays;
import org.symbolon.remote.rpc.MalformedMessageException;

/** Reads XDR (RFC 4506), never beyond its end, and takes no padding but zeros. Not thread-safe. */
public final class XdrInput {
    private static final int UNIT = 4;

    private final byte[] content;
    private final int end;
    private int position;

    /**
     * Reads from an array.
     *
     * @param content the bytes; not copied
     */
    public XdrInput(byte[] content) {
        this(content, 0, content.length);
    }

    /**
     * Reads from a part of an array.
     *
     * @param content the bytes; not copied
     * @param start where the part begins
     * @param end where it ends
     */
    public XdrInput(byte[] content, int start, int end) {
        this.content = content;
        this.position = start;
        this.end = end;
    }

    /** {@return how many bytes were not read yet} */
    public int remaining() {
        return end - position;
    }

    /** {@return where the next byte is in the array} */
    public int position() {
        return position;
    }

    /**
     * Reads a number of 4 bytes.
     *
     * @return 0 to 2^32 - 1
     * @throws MalformedMessageException if there are fewer
     */
    public long uint32() throws MalformedMessageException {
        return bigEndian(Integer.BYTES);
    }

    /**
     * Reads a number of 8 bytes.
     *
     * @return the number
     * @throws MalformedMessageException if there are fewer
     */
    public long hyper() throws MalformedMessageException {
        return bigEndian(Long.BYTES);
    }

    /**
     * Reads a boolean.
     *
     * @return the value
     * @throws MalformedMessageException if it is neither 0 nor 1
     */
    public boolean bool() throws MalformedMessageException {
        long value = uint32();
        if (value > 1) {
            throw new MalformedMessageException("a boolean is 0 or 1, not " + value + ", at byte " + position);
        }
        return value == 1;
    }

    /**
     * Reads opaque data of variable length.
     *
     * @param max the most bytes
     * @return the bytes
     * @throws MalformedMessageException if it is longer, or longer than what is there
     */
    public byte[] opaque(int max) throws MalformedMessageException {
        long length = uint32();
        if (length > max) {
            throw new MalformedMessageException(
                    length + " bytes are claimed at byte " + position + ", " + max + " are the most");
        }
        return fixed((int) length);
    }

    /**
     * Reads opaque data of fixed length.
     *
     * @param length in bytes
     * @return the bytes
     * @throws MalformedMessageException if there are fewer, or their padding is not zero
     */
    public byte[] fixed(int length) throws MalformedMessageException {
        int padding = -length & UNIT - 1;
        require((long) length + padding);
        byte[] bytes = Arrays.copyOfRange(content, position, position + length);
        position += length;
        for (int i = 0; i < padding; i++) {
            if (content[position++] != 0) {
                throw new MalformedMessageException("padding is not zero, before byte " + position);
            }
        }
        return bytes;
    }

    /**
     * Reads how many elements follow.
     *
     * @param elementBytes how many bytes each has at least
     * @param what the elements, for the error
     * @return the count, for which there are bytes
     * @throws MalformedMessageException if there are not
     */
    public int count(int elementBytes, String what) throws MalformedMessageException {
        long count = uint32();
        if (count > remaining() / elementBytes) {
            throw new MalformedMessageException(
                    count + " " + what + " are claimed at byte " + position + ", " + remaining() + " bytes are left");
        }
        return (int) count;
    }

    /** {@return another reader of what was not read yet, to look ahead with} */
    public XdrInput ahead() {
        return new XdrInput(content, position, end);
    }

    /** {@return a copy of all that was not read yet} */
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(content, position, end);
        position = end;
        return rest;
    }

    /**
     * Checks that everything was read.
     *
     * @throws MalformedMessageException if something is left
     */
    public void requireEnd() throws MalformedMessageException {
        if (remaining() > 0) {
            throw new MalformedMessageException(remaining() + " bytes are left over at byte " + position);
        }
    }

    private long bigEndian(int bytes) throws MalformedMessageException {
        require(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (content[position++] & 0xFF);
        }
        return value;
    }

    private void require(long length) throws MalformedMessageException {
        if (length > remaining()) {
            throw new MalformedMessageException(
                    length + " bytes are wanted at byte " + position + ", " + remaining() + " are left");
        }
    }
}
