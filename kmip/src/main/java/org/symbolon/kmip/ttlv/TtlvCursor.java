package org.symbolon.kmip.ttlv;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;

/**
 * Walks through items in their binary encoding, one after the other and down into structures, and reads their values, without a
 * tree of them. The encoding was checked before, so that what can fail is only what is expected of it.
 *
 * <p>For one thread. After a {@link MalformedTtlvException} it is of no use any more.
 */
public final class TtlvCursor {
    private final TtlvSource source;
    private int end;
    private int next;
    private int at;

    TtlvCursor(TtlvSource source, int from, int end) {
        this.source = source;
        this.at = from;
        this.next = from;
        this.end = end;
    }

    /**
     * Returns a cursor that stands at an item.
     *
     * @param item any item; one that was decoded from binary is read in place, another is encoded
     * @return a cursor
     */
    public static TtlvCursor at(Ttlv item) {
        TtlvCursor cursor;
        if (item instanceof Ttlv.Structure structure) {
            cursor = structure.cursor();
        } else {
            TtlvEncoder encoder = new TtlvEncoder();
            encoder.write(item);
            TtlvSource encoded = encoder.source();
            cursor = new TtlvCursor(encoded, 0, encoded.length);
        }
        cursor.next();
        return cursor;
    }

    /** {@return whether there is another item in the structure; if so, the cursor stands at it} */
    public boolean next() {
        if (next >= end) {
            return false;
        }
        at = next;
        next = source.after(at);
        return true;
    }

    /**
     * Goes before the first field of the structure that it stands at.
     *
     * @return what {@link #leave} takes
     * @throws MalformedTtlvException if it stands at something else
     */
    public int enter() throws MalformedTtlvException {
        require(ItemType.STRUCTURE);
        int outer = end;
        end = next;
        next = at + TtlvSource.HEADER_BYTES;
        return outer;
    }

    /**
     * Goes behind the structure that was entered.
     *
     * @param outer what {@link #enter} returned
     */
    public void leave(int outer) {
        next = end;
        end = outer;
    }

    /**
     * Looks for a field of the structure that it stands at.
     *
     * @param wanted the field's tag
     * @return a cursor at the first such field; null if there is none
     * @throws MalformedTtlvException if it stands at something else than a structure
     */
    public @Nullable TtlvCursor field(Tag wanted) throws MalformedTtlvException {
        require(ItemType.STRUCTURE);
        TtlvCursor fields = new TtlvCursor(source, at + TtlvSource.HEADER_BYTES, next);
        while (fields.next()) {
            if (fields.tagCode() == wanted.code()) {
                return fields;
            }
        }
        return null;
    }

    /**
     * Looks for a field that has to be there.
     *
     * @param wanted the field's tag
     * @return a cursor at the first such field
     * @throws MalformedTtlvException if there is none, or it stands at something else than a structure
     */
    public TtlvCursor require(Tag wanted) throws MalformedTtlvException {
        TtlvCursor field = field(wanted);
        if (field == null) {
            throw malformed("has no " + wanted);
        }
        return field;
    }

    /** {@return the number of the item's tag} */
    public int tagCode() {
        return source.tagCode(at);
    }

    /** {@return the item's tag} */
    public Tag tag() {
        return Tag.of(tagCode());
    }

    /** {@return the type of the item's value} */
    public ItemType type() {
        return ItemType.ofChecked(source.typeCode(at));
    }

    /** {@return where the item begins, counted from the beginning of the message in bytes} */
    public int offset() {
        return at;
    }

    /** {@return the Integer} */
    public int integer() throws MalformedTtlvException {
        return fourBytes(ItemType.INTEGER);
    }

    /** {@return the Enumeration's number, unsigned} */
    public int enumeration() throws MalformedTtlvException {
        return fourBytes(ItemType.ENUMERATION);
    }

    /** {@return the Interval's seconds, 0 to 2^32 - 1} */
    public long interval() throws MalformedTtlvException {
        return Integer.toUnsignedLong(fourBytes(ItemType.INTERVAL));
    }

    /** {@return the LongInteger} */
    public long longInteger() throws MalformedTtlvException {
        return eightBytes(ItemType.LONG_INTEGER);
    }

    /** {@return the DateTime's seconds since 1970} */
    public long dateTime() throws MalformedTtlvException {
        return eightBytes(ItemType.DATE_TIME);
    }

    /** {@return the DateTimeExtended's microseconds since 1970} */
    public long dateTimeExtended() throws MalformedTtlvException {
        return eightBytes(ItemType.DATE_TIME_EXTENDED);
    }

    /** {@return the Boolean} */
    public boolean bool() throws MalformedTtlvException {
        return eightBytes(ItemType.BOOLEAN) == 1;
    }

    /** {@return the BigInteger} */
    public BigInteger bigInteger() throws MalformedTtlvException {
        require(ItemType.BIG_INTEGER);
        return new BigInteger(source.bytes, at + TtlvSource.HEADER_BYTES, source.valueLength(at));
    }

    /** {@return the TextString} */
    public String text() throws MalformedTtlvException {
        require(ItemType.TEXT_STRING);
        return new String(source.bytes, at + TtlvSource.HEADER_BYTES, source.valueLength(at), StandardCharsets.UTF_8);
    }

    /** {@return the TextString as secret bytes in UTF-8, whatever its tag} */
    public SecretBytes secretText() throws MalformedTtlvException {
        require(ItemType.TEXT_STRING);
        Bytes text = content();
        if (text instanceof SecretBytes secret) {
            return secret;
        }
        SecretBytes secret = SecretBytes.takeOver(text.sharedArray());
        source.add(secret);
        return secret;
    }

    /** {@return the ByteString: a copy, {@link SecretBytes} if its tag says so} */
    public Bytes octets() throws MalformedTtlvException {
        require(ItemType.BYTE_STRING);
        return content();
    }

    /** {@return the item with a copy of what is in it, which stays when the message is released} */
    public Ttlv detached() {
        return type() == ItemType.STRUCTURE ? new Ttlv.Structure(tag(), source.detached(at), 0) : item();
    }

    /** {@return the item itself; a structure goes on to be read in place} */
    public Ttlv item() {
        Tag tag = tag();
        int value = at + TtlvSource.HEADER_BYTES;
        return switch (type()) {
            case STRUCTURE -> new Ttlv.Structure(tag, source, at);
            case INTEGER -> new Ttlv.Int(tag, (int) TtlvSource.INT.get(source.bytes, value));
            case LONG_INTEGER -> new Ttlv.LongInt(tag, (long) TtlvSource.LONG.get(source.bytes, value));
            case BIG_INTEGER -> new Ttlv.BigInt(tag, content());
            case ENUMERATION -> new Ttlv.Enumerated(tag, (int) TtlvSource.INT.get(source.bytes, value));
            case BOOLEAN -> new Ttlv.Bool(tag, (long) TtlvSource.LONG.get(source.bytes, value) == 1);
            case TEXT_STRING -> new Ttlv.Text(tag, content());
            case BYTE_STRING -> new Ttlv.Octets(tag, content());
            case DATE_TIME -> new Ttlv.DateTime(tag, (long) TtlvSource.LONG.get(source.bytes, value));
            case INTERVAL ->
                new Ttlv.Interval(tag, Integer.toUnsignedLong((int) TtlvSource.INT.get(source.bytes, value)));
            case DATE_TIME_EXTENDED -> new Ttlv.DateTimeExtended(tag, (long) TtlvSource.LONG.get(source.bytes, value));
        };
    }

    /** {@return all items that are left in the structure} */
    List<Ttlv> rest() {
        List<Ttlv> items = new ArrayList<>();
        while (next()) {
            items.add(item());
        }
        return items;
    }

    /**
     * Makes an exception that says where the cursor stands.
     *
     * @param problem what is wrong there
     * @return the exception
     */
    public MalformedTtlvException malformed(String problem) {
        return malformed(at, problem);
    }

    /**
     * Makes an exception that says where an item is.
     *
     * @param offset where the item begins
     * @param problem what is wrong with it
     * @return the exception
     */
    public MalformedTtlvException malformed(int offset, String problem) {
        return new MalformedTtlvException(source.place(offset) + ": " + problem);
    }

    /**
     * Makes an exception for an item of a type that does not belong here.
     *
     * @param expected what belongs here
     * @return the exception
     */
    public MalformedTtlvException unexpected(String expected) {
        return malformed("it is of type " + type().xmlName() + ", where " + expected + " belongs");
    }

    private Bytes content() {
        return source.copy(tagCode(), at + TtlvSource.HEADER_BYTES, source.valueLength(at));
    }

    private int fourBytes(ItemType type) throws MalformedTtlvException {
        require(type);
        return (int) TtlvSource.INT.get(source.bytes, at + TtlvSource.HEADER_BYTES);
    }

    private long eightBytes(ItemType type) throws MalformedTtlvException {
        require(type);
        return (long) TtlvSource.LONG.get(source.bytes, at + TtlvSource.HEADER_BYTES);
    }

    private void require(ItemType expected) throws MalformedTtlvException {
        if (source.typeCode(at) != expected.code()) {
            throw unexpected(expected.xmlName());
        }
    }
}
