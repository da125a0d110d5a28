package org.symbolon.kmip.ttlv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads items in the binary encoding: checks the whole of it in one pass that allocates nothing, and leaves values to be read when
 * they are asked for. Bounds every length by its surroundings, and takes fields in any order.
 */
public final class TtlvDecoder {
    private static final int ALIGNMENT = 8;

    private final TtlvSource source;
    private final byte[] input;
    private final TtlvLimits limits;
    private int depth;
    private int position;
    private int items;

    private TtlvDecoder(TtlvSource source, TtlvLimits limits) {
        this.source = source;
        this.input = source.bytes;
        this.limits = limits;
    }

    /**
     * Reads one item that fills an array.
     *
     * @param input the item; kept, and not to be modified except by {@link Ttlv#wipe} and {@link Ttlv#release} of what is returned
     * @param limits how much is taken
     * @return the item; its values are read from {@code input} when they are asked for
     * @throws MalformedTtlvException if {@code input} is something else
     */
    public static Ttlv decode(byte[] input, TtlvLimits limits) throws MalformedTtlvException {
        if (input.length > limits.maxBytes()) {
            throw new MalformedTtlvException(
                    "the message has " + input.length + " bytes; at most " + limits.maxBytes() + " are taken");
        }
        TtlvSource source = new TtlvSource(input, input.length);
        TtlvDecoder decoder = new TtlvDecoder(source, limits);
        decoder.item(input.length);
        if (decoder.position != input.length) {
            throw new MalformedTtlvException("the message at offset " + decoder.position + ": "
                    + (input.length - decoder.position) + " bytes follow the item");
        }
        return new TtlvCursor(source, 0, input.length).item();
    }

    private void item(int end) throws MalformedTtlvException {
        int left = end - position - TtlvSource.HEADER_BYTES;
        if (left < 0) {
            throw malformed("an item begins with 8 bytes, and " + (end - position) + " are left");
        }
        if (++items > limits.maxItems()) {
            throw malformed("the message has more than " + limits.maxItems() + " items");
        }
        ItemType type = ItemType.ofCode(source.typeCode(position));
        if (type == null) {
            throw malformed("0x" + Integer.toHexString(source.typeCode(position) & 0xFF) + " is no item type");
        }
        int length = source.valueLength(position);
        if (length < 0 || length > left) {
            throw malformed(
                    type.xmlName() + " of " + Integer.toUnsignedLong(length) + " bytes, where " + left + " are left");
        }
        if (type.fixedLength() >= 0 && length != type.fixedLength()) {
            throw malformed(type.xmlName() + " of " + length + " bytes; it has " + type.fixedLength() + " of them");
        }
        int value = position + TtlvSource.HEADER_BYTES;
        switch (type) {
            case STRUCTURE -> structure(value, length);
            case BIG_INTEGER -> bigInteger(length);
            case BOOLEAN -> bool((long) TtlvSource.LONG.get(input, value));
            case TEXT_STRING -> text(value, length);
            default -> {} // any bytes are such a value
        }
        skip(value + length, end, type);
    }

    private void structure(int from, int length) throws MalformedTtlvException {
        if (length % ALIGNMENT != 0) {
            throw malformed("Structure of " + length + " bytes; it has a multiple of 8");
        }
        if (depth + 1 >= limits.maxDepth()) {
            throw malformed("structures lie deeper than " + limits.maxDepth());
        }
        int start = position;
        depth++;
        position = from;
        while (position < from + length) {
            item(from + length);
        }
        depth--;
        position = start;
    }

    private void bigInteger(int length) throws MalformedTtlvException {
        if (length == 0) {
            throw malformed("BigInteger of 0 bytes");
        }
    }

    private void bool(long value) throws MalformedTtlvException {
        if (value != 0 && value != 1) {
            throw malformed("Boolean that is neither 0 nor 1");
        }
    }

    private void text(int at, int length) throws MalformedTtlvException {
        if (!isAscii(at, length)) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(input, at, length));
            } catch (CharacterCodingException e) {
                throw new MalformedTtlvException(source.place(position) + ": TextString that is not UTF-8", e);
            }
        }
    }

    private boolean isAscii(int at, int length) {
        for (int i = at; i < at + length; i++) {
            if (input[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private void skip(int valueEnd, int end, ItemType type) throws MalformedTtlvException {
        int padding = TtlvSource.padding(valueEnd);
        if (padding > end - valueEnd) {
            throw malformed(type.xmlName() + " lacks its padding to a multiple of 8 bytes");
        }
        for (int i = valueEnd; i < valueEnd + padding; i++) {
            if (input[i] != 0) {
                throw malformed(type.xmlName() + " is padded with something else than zeroes");
            }
        }
        position = valueEnd + padding;
    }

    private MalformedTtlvException malformed(String problem) {
        return new MalformedTtlvException(source.place(position) + ": " + problem);
    }
}
