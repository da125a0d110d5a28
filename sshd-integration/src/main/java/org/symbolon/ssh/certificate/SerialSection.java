package org.symbolon.ssh.certificate;

import java.math.BigInteger;
import java.util.BitSet;
import org.symbolon.ssh.SshWriter;

/**
 * A subsection of serials that is being written: a list, a range or a bitmap, whichever costs the fewest bytes for the next
 * range. The costs are those of OpenSSH's krl.c, so that lists come out byte by byte as ssh-keygen writes them.
 */
final class SerialSection {
    private static final int NONE = 0;
    private static final long NEW_SECTION_BITS = 8 + 64;
    private static final long TYPE_BITS = 8;
    private static final long SERIAL_BITS = 64;
    private static final long MAX_COUNTED = 1L << 31;

    private final int type;
    private final long offset;
    private final SshWriter serials = new SshWriter();
    private final BitSet bits = new BitSet();
    private long last;

    private SerialSection(int type, long offset) {
        this.type = type;
        this.offset = offset;
    }

    /**
     * How a range is to be written.
     *
     * @param type the type of the subsection
     * @param fresh whether it begins another one, though the type is the same
     */
    record Choice(int type, boolean fresh) {}

    static SerialSection none() {
        return new SerialSection(NONE, 0);
    }

    static SerialSection begin(int type, long first) {
        return new SerialSection(type, first);
    }

    int type() {
        return type;
    }

    /** Chooses for a range behind which the next one begins after a gap; no gap: it is the last one. */
    Choice choose(SerialRanges.Range range, long nextGap) {
        long count = counted(range.size() == 0 ? MAX_COUNTED : range.size());
        long before = type == NONE ? 0 : counted(range.low() - last);
        long after = counted(nextGap);
        long list =
                (type == KrlWriter.SERIAL_LIST ? 0 : TYPE_BITS) + SERIAL_BITS * count + more(nextGap, Long.MAX_VALUE);
        long span = TYPE_BITS + 2 * SERIAL_BITS + more(nextGap, Long.MAX_VALUE);
        long bitmap = (type == KrlWriter.SERIAL_BITMAP ? 0 : NEW_SECTION_BITS) + before + count + more(nextGap, after);
        long anotherBitmap = NEW_SECTION_BITS + count + more(nextGap, after);
        Choice choice = new Choice(KrlWriter.SERIAL_BITMAP, false);
        long cost = bytes(bitmap);
        if (bytes(span) < cost) {
            choice = new Choice(KrlWriter.SERIAL_RANGE, type == KrlWriter.SERIAL_RANGE);
            cost = bytes(span);
        }
        if (bytes(list) < cost) {
            choice = new Choice(KrlWriter.SERIAL_LIST, false);
            cost = bytes(list);
        }
        boolean full = choice.type() == KrlWriter.SERIAL_BITMAP
                && type == KrlWriter.SERIAL_BITMAP
                && Long.compareUnsigned(range.high() - offset, KrlReader.MAX_BITMAP_BITS) >= 0;
        return full || bytes(anotherBitmap) < cost ? new Choice(KrlWriter.SERIAL_BITMAP, true) : choice;
    }

    void add(SerialRanges.Range range) {
        if (type == KrlWriter.SERIAL_RANGE) {
            serials.uint64(range.low()).uint64(range.high());
        } else if (type == KrlWriter.SERIAL_LIST) {
            for (long i = 0; i < range.size(); i++) {
                serials.uint64(range.low() + i);
            }
        } else {
            bits.set(Math.toIntExact(range.low() - offset), Math.toIntExact(range.high() - offset + 1));
        }
        last = range.high();
    }

    void writeTo(SshWriter out) {
        if (type == KrlWriter.SERIAL_BITMAP) {
            out.octet(type).string(KrlWriter.bitmap(offset, number(bits)));
        } else if (type != NONE) {
            out.octet(type).string(serials.toByteArray());
        }
    }

    private static BigInteger number(BitSet bits) {
        byte[] lowFirst = bits.toByteArray();
        byte[] highFirst = new byte[lowFirst.length];
        for (int i = 0; i < lowFirst.length; i++) {
            highFirst[i] = lowFirst[lowFirst.length - 1 - i];
        }
        return new BigInteger(1, highFirst);
    }

    /** What the rest costs, where there is one: at least a new section, or going on to the next bit. */
    private static long more(long nextGap, long least) {
        return nextGap == 0 ? 0 : Math.min(least, NEW_SECTION_BITS);
    }

    private static long counted(long number) {
        return number < 0 || number > MAX_COUNTED ? MAX_COUNTED : number;
    }

    private static long bytes(long bits) {
        return (bits + 7) / 8;
    }
}
