package org.symbolon.ssh.certificate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Serial numbers of certificates, unsigned, as ranges that neither meet nor overlap, lowest first. Immutable.
 *
 * @param ranges the ranges
 */
record SerialRanges(List<Range> ranges) {
    static final SerialRanges NONE = new SerialRanges(List.of());

    SerialRanges {
        ranges = List.copyOf(ranges);
    }

    /**
     * Numbers that follow each other.
     *
     * @param low the lowest, unsigned
     * @param high the highest, included
     */
    record Range(long low, long high) {
        Range {
            if (Long.compareUnsigned(low, high) > 0) {
                throw new IllegalArgumentException("A range of serials ends before it begins");
            }
        }

        /** How many numbers, 0 for all 2^64. */
        long size() {
            return high - low + 1;
        }
    }

    /** Joins ranges of any order. */
    static SerialRanges of(List<Range> unordered) {
        List<Range> sorted = new ArrayList<>(unordered);
        sorted.sort(Comparator.comparing(Range::low, Long::compareUnsigned));
        List<Range> joined = new ArrayList<>();
        for (Range range : sorted) {
            int last = joined.size() - 1;
            if (last >= 0 && meets(joined.get(last), range)) {
                joined.set(
                        last,
                        new Range(
                                joined.get(last).low(), highest(joined.get(last).high(), range.high())));
            } else {
                joined.add(range);
            }
        }
        return new SerialRanges(joined);
    }

    boolean contains(long serial) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Range range = ranges.get(middle);
            if (Long.compareUnsigned(serial, range.low()) < 0) {
                high = middle - 1;
            } else if (Long.compareUnsigned(serial, range.high()) > 0) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    private static boolean meets(Range before, Range after) {
        return before.high() == -1 || Long.compareUnsigned(after.low(), before.high() + 1) <= 0;
    }

    private static long highest(long one, long other) {
        return Long.compareUnsigned(one, other) >= 0 ? one : other;
    }
}
