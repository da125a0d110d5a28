package org.symbolon.remote.client;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.AttributeType;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.Status;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
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
import org.symbolon.remote.rpc.Capability;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcAttribute;
import org.symbolon.remote.rpc.SecretAttributes;
import org.symbolon.remote.rpc.TypeTable;
import org.symbolon.remote.rpc.TypeTable.AttributeKind;

/**
 * Translates attributes to and from the wire.
 *
 * <p>What the protocol does not type travels as bytes of the peer's memory: numbers are 8 bytes, little-endian, as all 64-bit
 * peers have them. Numbers of 4 bytes are read as well.
 */
final class WireAttributes {
    private static final int NATIVE_ATTRIBUTE_BYTES = 24;
    private static final int FIRST_CAPACITY = 4096;
    private static final int MAX_CAPACITY = 8 << 20;
    private static final Set<AttributeType<?>> NUMBERS =
            Set.of(AttributeType.ULONG, AttributeType.OBJECT_CLASS, AttributeType.KEY_TYPE, AttributeType.MECHANISM);

    private final TypeTable types;
    private final boolean readsTemplates;

    WireAttributes(Dialect dialect) {
        this.types = TypeTable.of(dialect);
        this.readsTemplates = dialect.has(Capability.TYPED);
    }

    /** Returns a template; what only a token can make is refused here, since some tokens do not know it at all. */
    AttributeList toWire(Template template) throws TokenException {
        if (template.attributes().has(Attribute.UNIQUE_ID)) {
            throw new InvalidAttributeException(
                    Status.ckr("CKR_ATTRIBUTE_READ_ONLY"), "CKA_UNIQUE_ID is made by the token");
        }
        return toWire(template.attributes());
    }

    AttributeList toWire(Attributes attributes) throws TokenException {
        List<RpcAttribute> list = new ArrayList<>();
        for (Attribute<?> attribute : attributes.present()) {
            Value value = value(attributes, attribute);
            list.add(new RpcAttribute(attribute.code(), nativeLength(value), value));
        }
        return new AttributeList(list);
    }

    private Value value(Attributes attributes, Attribute<?> attribute) throws TokenException {
        byte[] encoded = attributes.encoded(attribute);
        return switch (types.attribute(attribute.code())) {
            case BYTE -> new Octet(requireLength(attribute, encoded, 1)[0] & 0xFF);
            case ULONG -> new Ulong(number(attribute, requireLength(attribute, encoded, Long.BYTES)));
            case ATTRIBUTES -> toWire(attributes.get(attribute.as(AttributeType.TEMPLATE)));
            case MECHANISMS -> ulongs(encoded);
            case DATE -> new Data(Bytes.wrap(encoded));
            case BYTES -> new Data(Bytes.wrap(nativeBytes(attribute, encoded)));
        };
    }

    private static byte[] requireLength(Attribute<?> attribute, byte[] encoded, int length) throws TokenException {
        if (encoded.length != length) {
            throw new InvalidAttributeException(
                    Status.ckr("CKR_ATTRIBUTE_VALUE_INVALID"),
                    attribute + " has " + length + " bytes, not " + encoded.length);
        }
        return encoded;
    }

    private static long number(Attribute<?> attribute, byte[] encoded) {
        ByteOrder order = NUMBERS.contains(attribute.type()) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return ByteBuffer.wrap(encoded).order(order).getLong();
    }

    private static Ulongs ulongs(byte[] encoded) {
        List<Long> values = new ArrayList<>();
        for (ByteBuffer in = ByteBuffer.wrap(encoded); in.hasRemaining(); ) {
            values.add(in.getLong());
        }
        return new Ulongs(values);
    }

    private static byte[] nativeBytes(Attribute<?> attribute, byte[] encoded) throws TokenException {
        if (NUMBERS.contains(attribute.type()) || attribute.type().equals(AttributeType.MECHANISMS)) {
            return swapped(encoded);
        }
        if (attribute.type().equals(AttributeType.TEMPLATE)) {
            throw new InvalidAttributeException(
                    Status.ckr("CKR_ATTRIBUTE_TYPE_INVALID"),
                    attribute + " is a template, which this version of the protocol cannot carry");
        }
        return encoded;
    }

    /** Returns 8-byte numbers in the other byte order. */
    private static byte[] swapped(byte[] numbers) {
        ByteBuffer in = ByteBuffer.wrap(numbers);
        ByteBuffer out = ByteBuffer.allocate(numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            out.putLong(in.getLong());
        }
        return out.array();
    }

    private static int nativeLength(Value value) {
        if (value instanceof Octet) {
            return 1;
        } else if (value instanceof Ulong) {
            return Long.BYTES;
        } else if (value instanceof AttributeList list) {
            return NATIVE_ATTRIBUTE_BYTES * list.attributes().size();
        } else if (value instanceof Ulongs ulongs) {
            return Long.BYTES * ulongs.values().size();
        }
        return value instanceof Data data ? data.bytes().length() : 0;
    }

    /** Whether an attribute can be read: the releases of p11-kit disagree on the buffers for templates, an end of ours does not. */
    boolean isReadable(Attribute<?> attribute) {
        return readsTemplates || types.attribute(attribute.code()) != AttributeKind.ATTRIBUTES;
    }

    /** Returns buffers for attributes, large enough for nearly everything. */
    BufferList buffers(Collection<Attribute<?>> wanted) {
        return new BufferList(wanted.stream()
                .map(attribute -> new AttributeBuffer(attribute.code(), capacity(attribute), Optional.empty()))
                .toList());
    }

    private long capacity(Attribute<?> attribute) {
        return switch (types.attribute(attribute.code())) {
            case BYTE -> 1;
            case ULONG, DATE -> Long.BYTES;
            case ATTRIBUTES, MECHANISMS, BYTES -> FIRST_CAPACITY;
        };
    }

    /** Returns buffers for attributes that did not fit, as large as the peer said; empty if it did not say. */
    Optional<BufferList> largerBuffers(AttributeList reply) {
        List<AttributeBuffer> larger = new ArrayList<>();
        for (RpcAttribute attribute : reply.attributes()) {
            boolean known = attribute.nativeLength() > 0 && attribute.nativeLength() <= MAX_CAPACITY;
            long capacity = Math.max(capacity(Attribute.of(attribute.type())), known ? attribute.nativeLength() : 0);
            larger.add(new AttributeBuffer(attribute.type(), capacity, Optional.empty()));
        }
        return larger.stream().anyMatch(buffer -> buffer.capacity() > FIRST_CAPACITY)
                ? Optional.of(new BufferList(larger))
                : Optional.empty();
    }

    /**
     * Returns what a peer answered.
     *
     * @param sensitive whether it said that some of it is sensitive
     */
    Attributes fromWire(AttributeList reply, boolean sensitive) throws TokenException {
        Attributes.Builder attributes = Attributes.builder();
        for (RpcAttribute each : reply.attributes()) {
            Attribute<?> attribute = Attribute.of(each.type());
            if (each.value() instanceof Unavailable) {
                if (sensitive && SecretAttributes.contains(attribute)) {
                    attributes.setSensitive(attribute);
                }
            } else if (each.value() instanceof AttributeList nested) {
                setTemplate(attributes, attribute, fromWire(nested, false));
            } else {
                set(attributes, attribute, each.value());
            }
        }
        return attributes.build();
    }

    private static void setTemplate(Attributes.Builder attributes, Attribute<?> attribute, Attributes nested) {
        if (attribute.type().equals(AttributeType.TEMPLATE) && !nested.present().isEmpty()) {
            attributes.set(attribute.as(AttributeType.TEMPLATE), Template.of(nested));
        }
    }

    private static void set(Attributes.Builder attributes, Attribute<?> attribute, Value value) throws TokenException {
        byte[] encoded = encoded(attribute, value);
        if (encoded == null) {
            return;
        }
        try {
            attributes.setEncoded(attribute, Bytes.wrap(encoded));
        } catch (IllegalArgumentException e) {
            throw new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"), "the peer sent a malformed attribute: " + e.getMessage(), e);
        }
    }

    /** Returns a value as the model encodes it; null where there is none. */
    private static byte @Nullable [] encoded(Attribute<?> attribute, Value value) throws TokenException {
        if (value instanceof Octet octet) {
            return new byte[] {(byte) octet.value()};
        } else if (value instanceof Ulong ulong) {
            ByteOrder order = NUMBERS.contains(attribute.type()) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            return ByteBuffer.allocate(Long.BYTES)
                    .order(order)
                    .putLong(ulong.value())
                    .array();
        } else if (value instanceof Ulongs ulongs) {
            return ulongs.values().isEmpty() ? null : encoded(ulongs);
        } else if (value instanceof Data data) {
            return fromNative(attribute, data.bytes().sharedArray());
        }
        return value instanceof NoData && isText(attribute) ? new byte[0] : null;
    }

    private static boolean isText(Attribute<?> attribute) {
        return attribute.type().equals(AttributeType.STRING) || attribute.type().equals(AttributeType.BYTES);
    }

    private static byte[] encoded(Ulongs ulongs) {
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES * ulongs.values().size());
        ulongs.values().forEach(out::putLong);
        return out.array();
    }

    private static byte @Nullable [] fromNative(Attribute<?> attribute, byte[] bytes) {
        if (attribute.type().equals(AttributeType.TEMPLATE)) {
            return null;
        }
        if (!NUMBERS.contains(attribute.type()) && !attribute.type().equals(AttributeType.MECHANISMS)) {
            return bytes;
        }
        if (bytes.length == Integer.BYTES && NUMBERS.contains(attribute.type())) {
            int narrow = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
            return ByteBuffer.allocate(Long.BYTES)
                    .putLong(Integer.toUnsignedLong(narrow))
                    .array();
        }
        return bytes.length % Long.BYTES == 0 ? (bytes.length == 0 ? null : swapped(bytes)) : bytes;
    }
}
