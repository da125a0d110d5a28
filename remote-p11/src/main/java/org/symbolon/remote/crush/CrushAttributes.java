package org.symbolon.remote.crush;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.remote.oncrpc.RpcRecord;
import org.symbolon.remote.oncrpc.XdrInput;
import org.symbolon.remote.oncrpc.XdrOutput;
import org.symbolon.remote.rpc.Argument.AttributeBuffer;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.BufferList;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.NoData;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.Argument.Unavailable;
import org.symbolon.remote.rpc.Argument.Value;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.RpcAttribute;
import org.symbolon.remote.rpc.TypeTable;

/** Attributes as they are in a memory of 64 bits, little-endian: type, bytes, and their length once more. */
final class CrushAttributes {
    private static final int MIN_ATTRIBUTE_BYTES = 20;
    private static final TypeTable TYPES = TypeTable.of(Dialect.CRUSH);

    private CrushAttributes() {}

    static void write(XdrOutput out, AttributeList list) {
        out.uint32(list.attributes().size());
        for (RpcAttribute attribute : list.attributes()) {
            out.hyper(attribute.type());
            byte[] value = bytes(attribute);
            out.opaque(value);
            out.hyper(value.length);
        }
    }

    /** Returns the bytes of a value; as many zeros as it is long if only that was asked for. */
    private static byte[] bytes(RpcAttribute attribute) {
        Value value = attribute.value();
        if (value instanceof Octet octet) {
            return new byte[] {(byte) octet.value()};
        } else if (value instanceof Ulong ulong) {
            return little(List.of(ulong.value()));
        } else if (value instanceof Ulongs ulongs) {
            return little(ulongs.values());
        } else if (value instanceof Data data) {
            return data.bytes().toByteArray();
        } else if (value instanceof AttributeList) {
            throw new IllegalArgumentException("Caml Crush carries no templates within templates");
        }
        return value instanceof NoData
                ? new byte[(int) Math.min(attribute.nativeLength(), RpcRecord.MAX_BYTES)]
                : new byte[0];
    }

    private static byte[] little(List<Long> numbers) {
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES * numbers.size()).order(ByteOrder.LITTLE_ENDIAN);
        numbers.forEach(out::putLong);
        return out.array();
    }

    /** Writes which attributes are wanted, with buffers of zeros for them. */
    static void write(XdrOutput out, BufferList list) {
        out.uint32(list.buffers().size());
        for (AttributeBuffer buffer : list.buffers()) {
            int capacity = (int) Math.min(buffer.capacity(), RpcRecord.MAX_BYTES / 2);
            out.hyper(buffer.type());
            out.opaque(new byte[capacity]);
            out.hyper(capacity);
        }
    }

    /**
     * Reads attributes.
     *
     * @param partly whether some of them could not be had, which then are those without a byte
     */
    static AttributeList read(XdrInput in, boolean partly) throws MalformedMessageException {
        int count = in.count(MIN_ATTRIBUTE_BYTES, "attributes");
        List<RpcAttribute> attributes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long type = in.hyper();
            Bytes bytes = Bytes.wrap(in.opaque(RpcRecord.MAX_BYTES));
            in.hyper(); // the length once more
            Value value = bytes.isEmpty() && partly ? new Unavailable() : typed(type, bytes);
            attributes.add(new RpcAttribute(type, bytes.length(), value));
        }
        return new AttributeList(attributes);
    }

    private static Value typed(long type, Bytes bytes) throws MalformedMessageException {
        return switch (TYPES.attribute(type)) {
            case BYTE -> new Octet(bytes.isEmpty() ? 0 : bytes.sharedArray()[0] & 0xFF);
            case ULONG -> new Ulong(numbers(type, bytes, 1).get(0));
            case MECHANISMS -> new Ulongs(numbers(type, bytes, bytes.length() / Long.BYTES));
            case ATTRIBUTES -> new Unavailable(); // holds pointers
            case DATE, BYTES -> new Data(bytes);
        };
    }

    private static List<Long> numbers(long type, Bytes bytes, int count) throws MalformedMessageException {
        if (bytes.length() != count * Long.BYTES) {
            throw new MalformedMessageException("attribute 0x" + Long.toHexString(type)
                    + " is of numbers of 8 bytes, and has " + bytes.length() + " bytes");
        }
        ByteBuffer in = bytes.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        List<Long> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(in.getLong());
        }
        return numbers;
    }

    static BufferList readWanted(XdrInput in) throws MalformedMessageException {
        int count = in.count(MIN_ATTRIBUTE_BYTES, "attributes");
        List<AttributeBuffer> buffers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long type = in.hyper();
            int capacity = in.opaque(RpcRecord.MAX_BYTES).length;
            in.hyper();
            buffers.add(new AttributeBuffer(type, capacity, Optional.empty()));
        }
        return new BufferList(buffers);
    }
}
