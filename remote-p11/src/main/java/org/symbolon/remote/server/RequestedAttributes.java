package org.symbolon.remote.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.AttributeType;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.NoData;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.Argument.Value;
import org.symbolon.remote.rpc.RpcAttribute;
import org.symbolon.remote.rpc.SecretAttributes;

/** Reads the template that a client gives. */
final class RequestedAttributes {
    static final Set<AttributeType<?>> NUMBERS =
            Set.of(AttributeType.ULONG, AttributeType.OBJECT_CLASS, AttributeType.KEY_TYPE, AttributeType.MECHANISM);

    private RequestedAttributes() {}

    static Template template(AttributeList list) throws TokenException {
        Attributes.Builder attributes = Attributes.builder();
        Map<Attribute<?>, Value> seen = new HashMap<>();
        for (RpcAttribute each : list.attributes()) {
            Attribute<?> attribute = Attribute.of(each.type());
            Value before = seen.put(attribute, each.value());
            if (before != null && !before.equals(each.value())) {
                throw Refusal.of("CKR_TEMPLATE_INCONSISTENT", attribute + " has two values");
            }
            set(attributes, attribute, each.value());
        }
        return Template.of(attributes.build());
    }

    private static void set(Attributes.Builder attributes, Attribute<?> attribute, Value value) throws TokenException {
        if (value instanceof AttributeList nested && attribute.type().equals(AttributeType.TEMPLATE)) {
            attributes.set(attribute.as(AttributeType.TEMPLATE), template(nested));
            return;
        }
        Bytes encoded = encoded(attribute, value).orElseThrow(() -> invalid(attribute, "is of another type"));
        try {
            attributes.setEncoded(attribute, encoded);
        } catch (IllegalArgumentException e) {
            throw Refusal.of("CKR_ATTRIBUTE_VALUE_INVALID", String.valueOf(e.getMessage()));
        }
    }

    /** Returns a value as the model encodes it; empty if it is none of the attribute's. */
    private static Optional<Bytes> encoded(Attribute<?> attribute, Value value) throws TokenException {
        if (value instanceof Octet octet) {
            return Optional.of(Bytes.of((byte) octet.value()));
        } else if (value instanceof Ulong ulong) {
            return Optional.of(number(attribute, ulong.value()));
        } else if (value instanceof Ulongs ulongs) {
            ByteBuffer out = ByteBuffer.allocate(Long.BYTES * ulongs.values().size());
            ulongs.values().forEach(out::putLong);
            return Optional.of(Bytes.wrap(out.array()));
        } else if (value instanceof Data data) {
            return Optional.of(
                    SecretAttributes.contains(attribute)
                            ? SecretBytes.copyOf(data.bytes().sharedArray())
                            : ofNative(attribute, data.bytes()));
        }
        return value instanceof NoData ? Optional.of(Bytes.empty()) : Optional.empty();
    }

    /** What the model knows as bytes are those of the client's memory. */
    private static Bytes number(Attribute<?> attribute, long value) {
        ByteOrder order = NUMBERS.contains(attribute.type()) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return Bytes.wrap(
                ByteBuffer.allocate(Long.BYTES).order(order).putLong(value).array());
    }

    /** Numbers that the protocol does not type are in the client's byte order and size: little-endian, of 64 or 32 bits. */
    private static Bytes ofNative(Attribute<?> attribute, Bytes bytes) throws TokenException {
        if (!NUMBERS.contains(attribute.type())) {
            return bytes;
        }
        ByteBuffer in = bytes.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return switch (bytes.length()) {
            case Long.BYTES -> number(attribute, in.getLong());
            case Integer.BYTES -> number(attribute, Integer.toUnsignedLong(in.getInt()));
            default -> throw invalid(attribute, "is a number, of 8 bytes and not " + bytes.length());
        };
    }

    private static TokenException invalid(Attribute<?> attribute, String detail) {
        return Refusal.of("CKR_ATTRIBUTE_VALUE_INVALID", attribute + " " + detail);
    }
}
