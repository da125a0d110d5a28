package org.symbolon.kmip.ttlv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.symbolon.Bytes;

/**
 * Writes items in the binary encoding, in the order in which they lie in the tree. Reusable after {@link #reset}; for one
 * thread at a time.
 */
public final class TtlvEncoder {
    private static final int FIRST_BYTES = 512;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] buffer = new byte[FIRST_BYTES];
    private int length;

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
    }

    /**
     * Appends an item.
     *
     * @param item any item
     */
    public void write(Ttlv item) {
        switch (item.type()) {
            case STRUCTURE -> structure((Ttlv.Structure) item);
            case INTEGER -> number(item, ((Ttlv.Int) item).value());
            case LONG_INTEGER -> longNumber(item, ((Ttlv.LongInt) item).value());
            case BIG_INTEGER -> bytes(item, ((Ttlv.BigInt) item).content());
            case ENUMERATION -> number(item, ((Ttlv.Enumerated) item).value());
            case BOOLEAN -> longNumber(item, ((Ttlv.Bool) item).value() ? 1 : 0);
            case TEXT_STRING -> bytes(item, ((Ttlv.Text) item).utf8());
            case BYTE_STRING -> bytes(item, ((Ttlv.Octets) item).value());
            case DATE_TIME -> longNumber(item, ((Ttlv.DateTime) item).seconds());
            case INTERVAL -> number(item, (int) ((Ttlv.Interval) item).seconds());
            case DATE_TIME_EXTENDED -> longNumber(item, ((Ttlv.DateTimeExtended) item).micros());
        }
    }

    private void structure(Ttlv.Structure item) {
        int start = header(item, 0, 0);
        List<Ttlv> fields = item.fields();
        for (int i = 0; i < fields.size(); i++) {
            write(fields.get(i));
        }
        INT.set(buffer, start - Integer.BYTES, length - start);
    }

    private void number(Ttlv item, int value) {
        int start = header(item, Integer.BYTES, Long.BYTES);
        INT.set(buffer, start, value);
    }

    private void longNumber(Ttlv item, long value) {
        int start = header(item, Long.BYTES, Long.BYTES);
        LONG.set(buffer, start, value);
    }

    private void bytes(Ttlv item, Bytes value) {
        int count = value.length();
        int start = header(item, count, count + TtlvDecoder.padding(count));
        System.arraycopy(value.sharedArray(), 0, buffer, start, count);
    }

    /** {@return where the value begins, after room was made for it: zeroes} */
    private int header(Ttlv item, int valueLength, int paddedLength) {
        int start = length + TtlvDecoder.HEADER_BYTES;
        int end = Math.addExact(start, paddedLength);
        if (end > buffer.length) {
            byte[] larger = Arrays.copyOf(buffer, Math.max(end, Math.multiplyExact(buffer.length, 2)));
            Arrays.fill(buffer, (byte) 0);
            buffer = larger;
        }
        INT.set(buffer, length, item.tag().code() << Byte.SIZE | item.type().code());
        INT.set(buffer, length + Integer.BYTES, valueLength);
        length = end;
        return start;
    }
}
