package org.symbolon.remote.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.symbolon.Attribute;
import org.symbolon.AttributeType;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.NoData;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.Argument.Unavailable;
import org.symbolon.remote.rpc.Argument.Value;
import org.symbolon.remote.rpc.RpcAttribute;
import org.symbolon.remote.rpc.TypeTable;
import org.symbolon.remote.rpc.TypeTable.AttributeKind;

/** Writes the attributes that a client asked for, as its version of the protocol types them. */
final class AttributeReply {
    private final TypeTable types;

    AttributeReply(TypeTable types) {
        this.types = types;
    }

    AttributeList of(AttributeAnswer answer) {
        List<RpcAttribute> list = new ArrayList<>();
        for (AttributeAnswer.Entry entry : answer.entries()) {
            Attribute<?> attribute = entry.attribute();
            AttributeKind kind = types.attribute(attribute.code());
            Value value = new Unavailable();
            if (entry.isAvailable() && isTyped(attribute, kind)) {
                boolean here = entry.delivered() && answer.values().has(attribute);
                value = here ? value(answer.values(), attribute, kind) : placeholder(kind, entry.delivered());
            }
            list.add(new RpcAttribute(attribute.code(), Math.max(0, entry.length()), value));
        }
        return new AttributeList(list);
    }

    /** Returns whether the protocol can carry the attribute: an old one has no place for templates that it does not know. */
    private static boolean isTyped(Attribute<?> attribute, AttributeKind kind) {
        return kind == AttributeKind.ATTRIBUTES || !attribute.type().equals(AttributeType.TEMPLATE);
    }

    /** Returns what stands for a value of which only the length was asked for, and for an empty one. */
    private static Value placeholder(AttributeKind kind, boolean empty) {
        return switch (kind) {
            case BYTE -> new Octet(0);
            case ULONG -> new Ulong(0);
            case ATTRIBUTES -> new AttributeList(List.of());
            case MECHANISMS -> new Ulongs(List.of());
            case DATE, BYTES -> empty ? new Data(Bytes.empty()) : new NoData();
        };
    }

    private Value value(Attributes values, Attribute<?> attribute, AttributeKind kind) {
        byte[] encoded = values.encoded(attribute);
        return switch (kind) {
            case BYTE -> encoded.length == 1 ? new Octet(encoded[0] & 0xff) : new Unavailable();
            case ULONG -> encoded.length == Long.BYTES ? new Ulong(number(attribute, encoded)) : new Unavailable();
            case ATTRIBUTES ->
                template(values.get(attribute.as(AttributeType.TEMPLATE)).attributes());
            case MECHANISMS -> numbers(encoded);
            case DATE -> new Data(Bytes.wrap(encoded));
            case BYTES -> new Data(Bytes.wrap(inMemory(attribute, encoded)));
        };
    }

    private AttributeList template(Attributes nested) {
        List<RpcAttribute> list = new ArrayList<>();
        for (Attribute<?> attribute : nested.present()) {
            Value value = value(nested, attribute, types.attribute(attribute.code()));
            list.add(new RpcAttribute(attribute.code(), AttributeAnswer.nativeLength(attribute, nested), value));
        }
        return new AttributeList(list);
    }

    private static long number(Attribute<?> attribute, byte[] encoded) {
        boolean known = RequestedAttributes.NUMBERS.contains(attribute.type());
        return ByteBuffer.wrap(encoded)
                .order(known ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    private static Ulongs numbers(byte[] encoded) {
        List<Long> values = new ArrayList<>();
        for (ByteBuffer in = ByteBuffer.wrap(encoded); in.hasRemaining(); ) {
            values.add(in.getLong());
        }
        return new Ulongs(values);
    }

    /** Numbers that the protocol does not type go in the byte order of every client that there is: little-endian. */
    private static byte[] inMemory(Attribute<?> attribute, byte[] encoded) {
        if (!RequestedAttributes.NUMBERS.contains(attribute.type())) {
            return encoded;
        }
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number(attribute, encoded))
                .array();
    }
}
