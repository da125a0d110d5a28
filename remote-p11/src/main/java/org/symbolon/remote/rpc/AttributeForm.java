package org.symbolon.remote.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.remote.rpc.Argument.AttributeBuffer;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.BufferList;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.Argument.Unavailable;
import org.symbolon.remote.rpc.Argument.Value;
import org.symbolon.remote.rpc.TypeTable.AttributeKind;

/** Reads and writes attributes and the buffers for them. */
final class AttributeForm {
    private static final int MAX_DEPTH = 8;
    private static final int MIN_ATTRIBUTE_BYTES = 5;
    private static final int BUFFER_BYTES = 8;
    private static final int DATE_BYTES = 8;

    private final Dialect dialect;
    private final TypeTable types;

    AttributeForm(Dialect dialect) {
        this.dialect = dialect;
        this.types = TypeTable.of(dialect);
    }

    AttributeList read(WireInput in) throws MalformedMessageException {
        return read(in, 0);
    }

    private AttributeList read(WireInput in, int depth) throws MalformedMessageException {
        requireDepth(depth);
        int count = in.count(MIN_ATTRIBUTE_BYTES, "attributes");
        List<RpcAttribute> attributes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            attributes.add(readOne(in, depth));
        }
        return new AttributeList(attributes);
    }

    private RpcAttribute readOne(WireInput in, int depth) throws MalformedMessageException {
        long type = in.uint32();
        if (in.octet() == 0) {
            return new RpcAttribute(type, 0, new Unavailable());
        }
        long nativeLength = in.uint32();
        return new RpcAttribute(type, nativeLength, value(in, types.attribute(type), depth));
    }

    private Value value(WireInput in, AttributeKind kind, int depth) throws MalformedMessageException {
        return switch (kind) {
            case BYTE -> new Octet(in.octet());
            case ULONG -> new Ulong(in.uint64());
            case ATTRIBUTES -> read(in, depth + 1);
            case MECHANISMS -> ulongs(in, in.count(Long.BYTES, "mechanisms"));
            case DATE -> date(in.byteArray());
            case BYTES -> in.byteArray();
        };
    }

    static Ulongs ulongs(WireInput in, int count) throws MalformedMessageException {
        List<Long> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(in.uint64());
        }
        return new Ulongs(values);
    }

    private static Value date(Value value) throws MalformedMessageException {
        if (value instanceof Data data
                && !data.bytes().isEmpty()
                && data.bytes().length() != DATE_BYTES) {
            throw new MalformedMessageException(
                    "a date has 0 or 8 bytes, not " + data.bytes().length());
        }
        return value;
    }

    void write(WireOutput out, AttributeList list) {
        out.uint32(list.attributes().size());
        for (RpcAttribute attribute : list.attributes()) {
            out.uint32(attribute.type());
            if (attribute.value() instanceof Unavailable) {
                out.octet(0);
            } else {
                out.octet(1);
                out.uint32(attribute.nativeLength());
                writeValue(out, attribute);
            }
        }
    }

    private void writeValue(WireOutput out, RpcAttribute attribute) {
        Value value = attribute.value();
        switch (types.attribute(attribute.type())) {
            case BYTE -> out.octet(((Octet) value).value());
            case ULONG -> out.uint64(((Ulong) value).value());
            case ATTRIBUTES -> write(out, (AttributeList) value);
            case MECHANISMS -> write(out, (Ulongs) value);
            case DATE, BYTES -> out.byteArray(value);
        }
    }

    static void write(WireOutput out, Ulongs ulongs) {
        out.uint32(ulongs.values().size());
        ulongs.values().forEach(out::uint64);
    }

    BufferList readBuffers(WireInput in) throws MalformedMessageException {
        return readBuffers(in, 0);
    }

    private BufferList readBuffers(WireInput in, int depth) throws MalformedMessageException {
        requireDepth(depth);
        int count = in.count(BUFFER_BYTES, "buffers");
        List<AttributeBuffer> buffers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long type = in.uint32();
            long capacity = in.uint32();
            Optional<BufferList> nested =
                    isNested(type, capacity) ? Optional.of(readBuffers(in, depth + 1)) : Optional.empty();
            buffers.add(new AttributeBuffer(type, capacity, nested));
        }
        return new BufferList(buffers);
    }

    void write(WireOutput out, BufferList list) {
        out.uint32(list.buffers().size());
        for (AttributeBuffer buffer : list.buffers()) {
            out.uint32(buffer.type());
            out.uint32(buffer.capacity());
            if (isNested(buffer.type(), buffer.capacity())) {
                write(out, buffer.nested().orElse(new BufferList(List.of())));
            }
        }
    }

    private boolean isNested(long type, long capacity) {
        return types.attribute(type) == AttributeKind.ATTRIBUTES
                && switch (dialect.nestedBuffers()) {
                    case NEVER -> false;
                    case ALWAYS -> true;
                    case WITH_CAPACITY -> capacity != 0;
                };
    }

    private static void requireDepth(int depth) throws MalformedMessageException {
        if (depth >= MAX_DEPTH) {
            throw new MalformedMessageException("templates are nested deeper than " + MAX_DEPTH);
        }
    }
}
