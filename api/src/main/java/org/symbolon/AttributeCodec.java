package org.symbolon;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The canonical encoding of a set of attributes: per attribute, by number, 8 bytes number, 4 bytes length, value. */
final class AttributeCodec {
    private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;
    private static final int MAX_DEPTH = 8;

    private AttributeCodec() {}

    static byte[] encode(Attributes attributes) {
        List<byte[]> values = new ArrayList<>();
        int length = 0;
        for (Attribute<?> attribute : attributes.present()) {
            byte[] value = attributes.encoded(attribute);
            values.add(value);
            length = Math.addExact(length, HEADER_BYTES + value.length);
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        int i = 0;
        for (Attribute<?> attribute : attributes.present()) {
            byte[] value = values.get(i++);
            out.putLong(attribute.code()).putInt(value.length).put(value);
        }
        return out.array();
    }

    static Attributes decode(Bytes encoding) {
        return decode(encoding, 0);
    }

    private static Attributes decode(Bytes encoding, int depth) {
        if (depth >= MAX_DEPTH) {
            throw new IllegalArgumentException("templates are nested deeper than " + MAX_DEPTH);
        }
        try {
            return decodeOneLevel(encoding.toByteBuffer(), depth);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("attributes end in the middle of one", e);
        }
    }

    private static Attributes decodeOneLevel(ByteBuffer in, int depth) {
        Attributes.Builder attributes = Attributes.builder();
        while (in.hasRemaining()) {
            Attribute<?> attribute = Attribute.of(in.getLong());
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new IllegalArgumentException(
                        attribute + " claims " + length + " bytes, " + in.remaining() + " are left");
            }
            byte[] value = new byte[length];
            in.get(value);
            if (attribute.type().equals(AttributeType.TEMPLATE)) {
                attributes.set(attribute.as(AttributeType.TEMPLATE), Template.of(decode(Bytes.wrap(value), depth + 1)));
            } else {
                attributes.setEncoded(attribute, Bytes.wrap(value));
            }
        }
        return attributes.build();
    }
}
