package org.symbolon.kmip.ttlv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;

/**
 * Writes items in the binary encoding, one after the other, whole or value by value. Reusable after {@link #reset}; for one thread
 * at a time.
 */
public final class TtlvEncoder {
    private static final int FIRST_BYTES = 512;

    private byte[] buffer = new byte[FIRST_BYTES];
    private int length;
    private final List<SecretBytes> secrets = new ArrayList<>(0);

    /** Makes an encoder that has written nothing. */
    public TtlvEncoder() {}

    /**
     * Returns an item's encoding.
     *
     * @param item any item
     * @return its bytes, a new array
     */
    public static byte[] encode(Ttlv item) {
        TtlvEncoder encoder = new TtlvEncoder();
        encoder.write(item);
        byte[] encoding = Arrays.copyOf(encoder.buffer, encoder.length);
        encoder.reset();
        return encoding;
    }

    /** {@return the array that holds what was written, up to {@link #length}; it changes with the next write} */
    public byte[] buffer() {
        return buffer;
    }

    /** {@return how many bytes were written} */
    public int length() {
        return length;
    }

    /** Wipes what was written and begins anew. */
    public void reset() {
        Arrays.fill(buffer, 0, length, (byte) 0);
        length = 0;
        secrets.clear();
    }

    /**
     * Appends an item.
     *
     * @param item any item
     */
    public void write(Ttlv item) {
        switch (item.type()) {
            case STRUCTURE -> structure((Ttlv.Structure) item);
            case INTEGER -> integer(item.tag(), ((Ttlv.Int) item).value());
            case LONG_INTEGER -> longInteger(item.tag(), ((Ttlv.LongInt) item).value());
            case BIG_INTEGER -> bytes(item.tag(), ItemType.BIG_INTEGER, ((Ttlv.BigInt) item).content());
            case ENUMERATION -> enumeration(item.tag(), ((Ttlv.Enumerated) item).value());
            case BOOLEAN -> bool(item.tag(), ((Ttlv.Bool) item).value());
            case TEXT_STRING -> text(item.tag(), ((Ttlv.Text) item).utf8());
            case BYTE_STRING -> octets(item.tag(), ((Ttlv.Octets) item).value());
            case DATE_TIME -> dateTime(item.tag(), ((Ttlv.DateTime) item).seconds());
            case INTERVAL -> interval(item.tag(), ((Ttlv.Interval) item).seconds());
            case DATE_TIME_EXTENDED -> dateTimeExtended(item.tag(), ((Ttlv.DateTimeExtended) item).micros());
        }
    }

    private void structure(Ttlv.Structure item) {
        if (item.isEncoded()) {
            TtlvSource source = item.source();
            int from = item.offset();
            int count = source.after(from) - from;
            int start = room(count);
            System.arraycopy(source.bytes, from, buffer, start, count);
            return;
        }
        int start = begin(item.tag());
        List<Ttlv> fields = item.fields();
        for (int i = 0; i < fields.size(); i++) {
            write(fields.get(i));
        }
        end(start);
    }

    /**
     * Begins a structure.
     *
     * @param tag what it is
     * @return what {@link #end} takes
     */
    public int begin(Tag tag) {
        return header(tag, ItemType.STRUCTURE, 0, 0);
    }

    /**
     * Ends a structure.
     *
     * @param begun what {@link #begin} returned
     */
    public void end(int begun) {
        TtlvSource.INT.set(buffer, begun - Integer.BYTES, length - begun);
    }

    /**
     * Gives an item another tag.
     *
     * @param offset the length before the item was written
     * @param tag what it is from now on
     */
    public void retag(int offset, Tag tag) {
        int type = buffer[offset + 3];
        TtlvSource.INT.set(buffer, offset, tag.code() << Byte.SIZE | type);
    }

    /**
     * Appends an Integer.
     *
     * @param tag what it is
     * @param value the number
     */
    public void integer(Tag tag, int value) {
        fourBytes(tag, ItemType.INTEGER, value);
    }

    /**
     * Appends an Enumeration.
     *
     * @param tag what it is
     * @param value the number, unsigned
     */
    public void enumeration(Tag tag, int value) {
        fourBytes(tag, ItemType.ENUMERATION, value);
    }

    /**
     * Appends an Interval.
     *
     * @param tag what it is
     * @param seconds 0 to 2^32 - 1
     */
    public void interval(Tag tag, long seconds) {
        if (seconds < 0 || seconds > Ttlv.Interval.MAX_SECONDS) {
            throw new IllegalArgumentException(
                    tag + " has 0 to " + Ttlv.Interval.MAX_SECONDS + " seconds, not " + seconds);
        }
        fourBytes(tag, ItemType.INTERVAL, (int) seconds);
    }

    /**
     * Appends a LongInteger.
     *
     * @param tag what it is
     * @param value the number
     */
    public void longInteger(Tag tag, long value) {
        eightBytes(tag, ItemType.LONG_INTEGER, value);
    }

    /**
     * Appends a Boolean.
     *
     * @param tag what it is
     * @param value which
     */
    public void bool(Tag tag, boolean value) {
        eightBytes(tag, ItemType.BOOLEAN, value ? 1 : 0);
    }

    /**
     * Appends a DateTime.
     *
     * @param tag what it is
     * @param seconds since 1970 in UTC
     */
    public void dateTime(Tag tag, long seconds) {
        eightBytes(tag, ItemType.DATE_TIME, seconds);
    }

    /**
     * Appends a DateTimeExtended.
     *
     * @param tag what it is
     * @param micros microseconds since 1970 in UTC
     */
    public void dateTimeExtended(Tag tag, long micros) {
        eightBytes(tag, ItemType.DATE_TIME_EXTENDED, micros);
    }

    /**
     * Appends a TextString.
     *
     * @param tag what it is
     * @param value the text
     */
    public void text(Tag tag, String value) {
        text(tag, Bytes.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Appends a TextString.
     *
     * @param tag what it is
     * @param utf8 the text in UTF-8
     */
    public void text(Tag tag, Bytes utf8) {
        bytes(tag, ItemType.TEXT_STRING, utf8);
    }

    /**
     * Appends a ByteString.
     *
     * @param tag what it is
     * @param value the bytes
     */
    public void octets(Tag tag, Bytes value) {
        bytes(tag, ItemType.BYTE_STRING, value);
    }

    /**
     * Returns the structure that was written, in its encoding, and begins anew.
     *
     * @param tag its tag
     * @return the structure; wiping it wipes the secrets that were written to it, too
     */
    public Ttlv.Structure structure(Tag tag) {
        return new Ttlv.Structure(tag, source(), 0);
    }

    /** Returns what was written, and begins anew with another array. */
    TtlvSource source() {
        TtlvSource source = new TtlvSource(buffer, length);
        secrets.forEach(source::add);
        secrets.clear();
        buffer = new byte[0];
        length = 0;
        return source;
    }

    private void fourBytes(Tag tag, ItemType type, int value) {
        int start = header(tag, type, Integer.BYTES, Long.BYTES);
        TtlvSource.LONG.set(buffer, start, (long) value << Integer.SIZE);
    }

    private void eightBytes(Tag tag, ItemType type, long value) {
        int start = header(tag, type, Long.BYTES, Long.BYTES);
        TtlvSource.LONG.set(buffer, start, value);
    }

    private void bytes(Tag tag, ItemType type, Bytes value) {
        int count = value.length();
        int start = header(tag, type, count, count + TtlvSource.padding(count));
        System.arraycopy(value.sharedArray(), 0, buffer, start, count);
        if (value instanceof SecretBytes secret) {
            secrets.add(secret);
        }
    }

    /** {@return where the value begins, after room was made for it: zeroes} */
    private int header(Tag tag, ItemType type, int valueLength, int paddedLength) {
        int at = room(TtlvSource.HEADER_BYTES + paddedLength);
        TtlvSource.INT.set(buffer, at, tag.code() << Byte.SIZE | type.code());
        TtlvSource.INT.set(buffer, at + Integer.BYTES, valueLength);
        return at + TtlvSource.HEADER_BYTES;
    }

    /** {@return where so many zeroes were appended} */
    private int room(int count) {
        int start = length;
        int end = Math.addExact(start, count);
        if (end > buffer.length) {
            byte[] larger =
                    Arrays.copyOf(buffer, Math.max(FIRST_BYTES, Math.max(end, Math.multiplyExact(buffer.length, 2))));
            Arrays.fill(buffer, (byte) 0);
            buffer = larger;
        }
        length = end;
        return start;
    }
}
