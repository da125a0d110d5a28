package org.symbolon.kmip.ttlv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.symbolon.Bytes;

/**
 * Reads items in the binary encoding. Bounds every length by its surroundings before anything is allocated, and takes fields
 * in any order.
 *
 * <p>A value is a copy: the buffer may be wiped afterwards. One use, by one thread.
 */
public final class TtlvDecoder {
    /** The bytes of tag, type and length. */
    static final int HEADER_BYTES = 8;

    private static final int ALIGNMENT = 8;
    private static final int TYPE_OFFSET = 3;
    private static final int LENGTH_OFFSET = 4;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] input;
    private final TtlvLimits limits;
    private final int[] path;
    private int depth;
    private int position;
    private int items;

    private TtlvDecoder(byte[] input, TtlvLimits limits) {
        this.input = input;
        this.limits = limits;
        this.path = new int[limits.maxDepth() + 1];
    }

    /**
     * Reads one item that fills an array.
     *
     * @param input the item; not modified, not kept
     * @param limits how much is taken
     * @return the item
     * @throws MalformedTtlvException if {@code input} is something else
     */
    public static Ttlv decode(byte[] input, TtlvLimits limits) throws MalformedTtlvException {
        if (input.length > limits.maxBytes()) {
            throw new MalformedTtlvException(
                    "the message has " + input.length + " bytes; at most " + limits.maxBytes() + " are taken");
        }
        TtlvDecoder decoder = new TtlvDecoder(input, limits);
        Ttlv item = decoder.item(input.length);
        if (decoder.position != input.length) {
            throw decoder.malformed((input.length - decoder.position) + " bytes follow the item");
        }
        return item;
    }

    private Ttlv item(int end) throws MalformedTtlvException {
        path[depth] = 0;
        if (end - position < HEADER_BYTES) {
            throw malformed("an item begins with 8 bytes, and " + (end - position) + " are left");
        }
        int tagAndType = (int) INT.get(input, position);
        path[depth] = tagAndType >>> Byte.SIZE;
        if (++items > limits.maxItems()) {
            throw malformed("the message has more than " + limits.maxItems() + " items");
        }
        int code = input[position + TYPE_OFFSET];
        ItemType type = ItemType.ofCode(code);
        if (type == null) {
            throw malformed("0x" + Integer.toHexString(code & 0xFF) + " is no item type");
        }
        long length = Integer.toUnsignedLong((int) INT.get(input, position + LENGTH_OFFSET));
        if (length > end - position - HEADER_BYTES) {
            throw malformed(type.xmlName() + " of " + length + " bytes, where " + (end - position - HEADER_BYTES)
                    + " are left");
        }
        if (type.fixedLength() >= 0 && length != type.fixedLength()) {
            throw malformed(type.xmlName() + " of " + length + " bytes; it has " + type.fixedLength() + " of them");
        }
        Tag tag = Tag.of(path[depth]);
        Ttlv item = value(tag, type, position + HEADER_BYTES, (int) length);
        position += HEADER_BYTES + (int) length;
        skipPadding(end, type);
        return item;
    }

    private Ttlv value(Tag tag, ItemType type, int at, int length) throws MalformedTtlvException {
        return switch (type) {
            case STRUCTURE -> structure(tag, at, length);
            case INTEGER -> new Ttlv.Int(tag, (int) INT.get(input, at));
            case LONG_INTEGER -> new Ttlv.LongInt(tag, (long) LONG.get(input, at));
            case BIG_INTEGER -> bigInteger(tag, at, length);
            case ENUMERATION -> new Ttlv.Enumerated(tag, (int) INT.get(input, at));
            case BOOLEAN -> bool(tag, (long) LONG.get(input, at));
            case TEXT_STRING -> text(tag, at, length);
            case BYTE_STRING -> new Ttlv.Octets(tag, copy(tag, at, length));
            case DATE_TIME -> new Ttlv.DateTime(tag, (long) LONG.get(input, at));
            case INTERVAL -> new Ttlv.Interval(tag, Integer.toUnsignedLong((int) INT.get(input, at)));
            case DATE_TIME_EXTENDED -> new Ttlv.DateTimeExtended(tag, (long) LONG.get(input, at));
        };
    }

    private Ttlv structure(Tag tag, int at, int length) throws MalformedTtlvException {
        if (length % ALIGNMENT != 0) {
            throw malformed("Structure of " + length + " bytes; it has a multiple of 8");
        }
        if (depth + 1 >= limits.maxDepth()) {
            throw malformed("structures lie deeper than " + limits.maxDepth());
        }
        int start = position;
        int end = at + length;
        Ttlv[] fields = new Ttlv[count(at, end)];
        depth++;
        position = at;
        for (int i = 0; i < fields.length; i++) {
            fields[i] = item(end);
        }
        if (position < end) {
            item(end);
        }
        depth--;
        position = start;
        return new Ttlv.Structure(tag, List.of(fields));
    }

    /** {@return how many whole items lie between two places, as their lengths say; what is broken is found when it is read} */
    private int count(int from, int end) {
        int count = 0;
        long at = from;
        while (end - at >= HEADER_BYTES) {
            long length = Integer.toUnsignedLong((int) INT.get(input, (int) at + LENGTH_OFFSET));
            at += HEADER_BYTES + length + padding(length);
            count++;
        }
        return count;
    }

    private Ttlv bigInteger(Tag tag, int at, int length) throws MalformedTtlvException {
        if (length == 0) {
            throw malformed("BigInteger of 0 bytes");
        }
        return new Ttlv.BigInt(tag, copy(tag, at, length));
    }

    private Ttlv bool(Tag tag, long value) throws MalformedTtlvException {
        if (value != 0 && value != 1) {
            throw malformed("Boolean that is neither 0 nor 1");
        }
        return new Ttlv.Bool(tag, value == 1);
    }

    private Ttlv text(Tag tag, int at, int length) throws MalformedTtlvException {
        if (!isAscii(at, length)) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(input, at, length));
            } catch (CharacterCodingException e) {
                throw new MalformedTtlvException(place("TextString that is not UTF-8"), e);
            }
        }
        return new Ttlv.Text(tag, copy(tag, at, length));
    }

    private boolean isAscii(int at, int length) {
        for (int i = at; i < at + length; i++) {
            if (input[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private Bytes copy(Tag tag, int at, int length) {
        return SecretTags.hold(tag, Arrays.copyOfRange(input, at, at + length));
    }

    private void skipPadding(int end, ItemType type) throws MalformedTtlvException {
        int padding = padding(position);
        if (padding > end - position) {
            throw malformed(type.xmlName() + " lacks its padding to a multiple of 8 bytes");
        }
        for (int i = 0; i < padding; i++) {
            if (input[position + i] != 0) {
                throw malformed(type.xmlName() + " is padded with something else than zeroes");
            }
        }
        position += padding;
    }

    static int padding(long length) {
        return (int) (-length & (ALIGNMENT - 1));
    }

    private MalformedTtlvException malformed(String problem) {
        return new MalformedTtlvException(place(problem));
    }

    private String place(String problem) {
        StringJoiner text = new StringJoiner("/").setEmptyValue("the message");
        for (int i = 0; i <= depth && path[i] != 0; i++) {
            text.add(Tag.of(path[i]).toString());
        }
        return text + " at offset " + position + ": " + problem;
    }
}
