package org.symbolon.remote.rpc;

import org.symbolon.Bytes;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.NoData;
import org.symbolon.remote.rpc.Argument.Value;

/** Reads the primitives of the protocol, all big-endian, and never beyond the end. */
final class WireInput implements FieldInput {
    private static final long NULL = 0xFFFF_FFFFL;

    private final byte[] content;
    private int position;

    WireInput(byte[] content) {
        this.content = content;
    }

    int remaining() {
        return content.length - position;
    }

    @Override
    public int octet() throws MalformedMessageException {
        require(1, "a byte");
        return content[position++] & 0xFF;
    }

    long uint32() throws MalformedMessageException {
        require(Integer.BYTES, "a number of 4 bytes");
        return bigEndian(Integer.BYTES);
    }

    @Override
    public long uint64() throws MalformedMessageException {
        require(Long.BYTES, "a number of 8 bytes");
        return bigEndian(Long.BYTES);
    }

    private long bigEndian(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (content[position++] & 0xFF);
        }
        return value;
    }

    /** Reads a length and as many bytes, or NULL. */
    Value byteArray() throws MalformedMessageException {
        long length = uint32();
        return length == NULL ? new NoData() : new Data(bytes(length));
    }

    @Override
    public Bytes presentByteArray() throws MalformedMessageException {
        return bytes(uint32());
    }

    /** Reads how many elements follow, each of at least so many bytes. */
    int count(int elementBytes, String what) throws MalformedMessageException {
        long count = uint32();
        if (count > remaining() / elementBytes) {
            throw new MalformedMessageException(
                    count + " " + what + " are claimed at byte " + position + ", " + remaining() + " bytes are left");
        }
        return (int) count;
    }

    private Bytes bytes(long length) throws MalformedMessageException {
        require(length, "bytes");
        byte[] bytes = new byte[(int) length];
        System.arraycopy(content, position, bytes, 0, bytes.length);
        position += bytes.length;
        return Bytes.wrap(bytes);
    }

    private void require(long length, String what) throws MalformedMessageException {
        if (length > remaining()) {
            throw new MalformedMessageException(what + " are wanted at byte " + position + ": " + length
                    + " bytes, of which " + remaining() + " are left");
        }
    }
}
