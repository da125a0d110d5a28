package org.symbolon.remote.xdr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.AttributeType;
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

/**
 * Attributes with the types that PKCS #11 gives them. The messages of p11-kit hold numbers that it does not type as the
 * bytes of a 64-bit little-endian machine; here they are numbers on the wire, too.
 */
final class XdrAttributes {
    private static final int MAX_DEPTH = 8;
    private static final int MIN_ATTRIBUTE_BYTES = 12;
    private static final int TYPE_BYTES = 8;
    private static final int NATIVE_ATTRIBUTE_BYTES = 24;
    private static final TypeTable TYPES = TypeTable.of(Dialect.XDR);
    private static final Set<AttributeType<?>> NUMBERS =
            Set.of(AttributeType.ULONG, AttributeType.OBJECT_CLASS, AttributeType.KEY_TYPE, AttributeType.MECHANISM);

    private XdrAttributes() {}

    /** The kinds of values: enum pk_kind. */
    private static final class Kind {
        static final int UNAVAILABLE = 0;
        static final int OCTET = 1;
        static final int ULONG = 2;
        static final int BYTES = 3;
        static final int ATTRIBUTES = 4;
        static final int ULONGS = 5;
    }

    static void write(XdrOutput out, AttributeList list) {
        out.uint32(list.attributes().size());
        for (RpcAttribute attribute : list.attributes()) {
            out.hyper(attribute.type());
            write(out, typed(attribute));
        }
    }

    private static void write(XdrOutput out, Value value) {
        if (value instanceof Octet octet) {
            out.uint32(Kind.OCTET);
            out.uint32(octet.value());
        } else if (value instanceof Ulong ulong) {
            out.uint32(Kind.ULONG);
            out.hyper(ulong.value());
        } else if (value instanceof Data data) {
            out.uint32(Kind.BYTES);
            out.opaque(data.bytes().sharedArray());
        } else if (value instanceof NoData) {
            out.uint32(Kind.BYTES);
            out.opaque(new byte[0]);
        } else if (value instanceof AttributeList nested) {
            out.uint32(Kind.ATTRIBUTES);
            write(out, nested);
        } else if (value instanceof Ulongs ulongs) {
            out.uint32(Kind.ULONGS);
            write(out, ulongs);
        } else {
            out.uint32(Kind.UNAVAILABLE);
        }
    }

    static void write(XdrOutput out, Ulongs ulongs) {
        out.uint32(ulongs.values().size());
        ulongs.values().forEach(out::hyper);
    }

    /** Returns the value with its type, where p11-kit has bytes. */
    private static Value typed(RpcAttribute attribute) {
        if (attribute.value() instanceof Data data && isUntypedThere(attribute.type())) {
            AttributeType<?> type = Attribute.of(attribute.type()).type();
            Bytes bytes = data.bytes();
            if (NUMBERS.contains(type) && bytes.length() == Long.BYTES) {
                return new Ulong(
                        bytes.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getLong());
            } else if (type.equals(AttributeType.BOOLEAN) && bytes.length() == 1) {
                return new Octet(bytes.sharedArray()[0] & 0xFF);
            }
        }
        return attribute.value();
    }

    /** Returns the value as the messages of p11-kit hold it. */
    private static Value untyped(long type, Value value) {
        if (isUntypedThere(type) && value instanceof Ulong ulong) {
            return new Data(Bytes.wrap(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(ulong.value())
                    .array()));
        } else if (isUntypedThere(type) && value instanceof Octet octet) {
            return new Data(Bytes.of((byte) octet.value()));
        }
        return value;
    }

    private static boolean isUntypedThere(long type) {
        return TYPES.attribute(type) == TypeTable.AttributeKind.BYTES;
    }

    static AttributeList read(XdrInput in) throws MalformedMessageException {
        return read(in, 0);
    }

    private static AttributeList read(XdrInput in, int depth) throws MalformedMessageException {
        if (depth > MAX_DEPTH) {
            throw new MalformedMessageException("templates are nested more than " + MAX_DEPTH + " deep");
        }
        int count = in.count(MIN_ATTRIBUTE_BYTES, "attributes");
        List<RpcAttribute> attributes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long type = in.hyper();
            Value value = untyped(type, value(in, depth));
            attributes.add(new RpcAttribute(type, nativeLength(value), value));
        }
        return new AttributeList(attributes);
    }

    private static Value value(XdrInput in, int depth) throws MalformedMessageException {
        long kind = in.uint32();
        return switch ((int) kind) {
            case Kind.UNAVAILABLE -> new Unavailable();
            case Kind.OCTET -> new Octet(octet(in));
            case Kind.ULONG -> new Ulong(in.hyper());
            case Kind.BYTES -> new Data(Bytes.wrap(in.opaque(RpcRecord.MAX_BYTES)));
            case Kind.ATTRIBUTES -> read(in, depth + 1);
            case Kind.ULONGS -> readUlongs(in);
            default -> throw new MalformedMessageException("values of attributes have no kind " + kind);
        };
    }

    static int octet(XdrInput in) throws MalformedMessageException {
        long value = in.uint32();
        if (value > 0xFF) {
            throw new MalformedMessageException("a byte is 0 to 255, not " + value);
        }
        return (int) value;
    }

    static Ulongs readUlongs(XdrInput in) throws MalformedMessageException {
        int count = in.count(Long.BYTES, "numbers");
        List<Long> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(in.hyper());
        }
        return new Ulongs(values);
    }

    /** Returns how long a value is in the memory of a 64-bit machine. */
    private static long nativeLength(Value value) {
        if (value instanceof Octet) {
            return 1;
        } else if (value instanceof Ulong) {
            return Long.BYTES;
        } else if (value instanceof Data data) {
            return data.bytes().length();
        } else if (value instanceof Ulongs ulongs) {
            return (long) Long.BYTES * ulongs.values().size();
        } else if (value instanceof AttributeList nested) {
            return (long) NATIVE_ATTRIBUTE_BYTES * nested.attributes().size();
        }
        return 0;
    }

    /** Writes which attributes are wanted; their values come whole, however long they are. */
    static void write(XdrOutput out, BufferList list) {
        out.uint32(list.buffers().size());
        list.buffers().forEach(buffer -> out.hyper(buffer.type()));
    }

    static BufferList readWanted(XdrInput in) throws MalformedMessageException {
        int count = in.count(TYPE_BYTES, "attributes");
        List<AttributeBuffer> buffers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            buffers.add(new AttributeBuffer(in.hyper(), RpcRecord.MAX_BYTES, Optional.empty()));
        }
        return new BufferList(buffers);
    }
}
