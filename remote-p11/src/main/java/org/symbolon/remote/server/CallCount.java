package org.symbolon.remote.server;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.symbolon.Status;

/** How often a function was called, with which results, and how long that took. Thread-safe, without locks. */
final class CallCount {
    /** The upper bounds of the classes of a histogram, in nanoseconds; one more class is above them. */
    static final long[] BOUNDS_NANOS = {
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        25_000_000,
        50_000_000,
        100_000_000,
        250_000_000,
        500_000_000,
        1_000_000_000,
        2_500_000_000L,
        10_000_000_000L
    };

    private static final long OK = 0; // CKR_OK
    private static final String UNKNOWN = "other"; // a peer's own return values are without number

    private final LongAdder succeeded = new LongAdder();
    private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();
    private final LongAdder[] classes = new LongAdder[BOUNDS_NANOS.length + 1];
    private final LongAdder nanos = new LongAdder();

    CallCount() {
        Arrays.setAll(classes, index -> new LongAdder());
    }

    void add(long returnValue, long took) {
        if (returnValue == OK) {
            succeeded.increment();
        } else {
            failed.computeIfAbsent(name(returnValue), name -> new LongAdder()).increment();
        }
        int at = Arrays.binarySearch(BOUNDS_NANOS, took);
        classes[at < 0 ? -at - 1 : at].increment();
        nanos.add(took);
    }

    private static String name(long returnValue) {
        String name = Status.ckr(returnValue).name();
        return name.startsWith("CKR_0x") ? UNKNOWN : name;
    }

    /** Returns how often each result was given. */
    SortedMap<String, Long> results() {
        SortedMap<String, Long> results = new TreeMap<>();
        failed.forEach((name, count) -> results.put(name, count.sum()));
        if (succeeded.sum() > 0) {
            results.put("CKR_OK", succeeded.sum());
        }
        return results;
    }

    /** Returns how many calls took at most each bound, and in the last place how many there were. */
    long[] cumulative() {
        long[] sums = new long[classes.length];
        long sum = 0;
        for (int i = 0; i < classes.length; i++) {
            sum += classes[i].sum();
            sums[i] = sum;
        }
        return sums;
    }

    double seconds() {
        return nanos.sum() / 1e9;
    }
}
