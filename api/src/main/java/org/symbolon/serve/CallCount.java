package org.symbolon.serve;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often a function was called, with which results, and how long that took. Thread-safe, without locks. */
public final class CallCount {
    /** The upper bounds of the classes of a histogram, in nanoseconds; one more class is above them. */
    private static final long[] BOUNDS_NANOS = {
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

    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private final LongAdder[] classes = new LongAdder[BOUNDS_NANOS.length + 1];
    private final LongAdder nanos = new LongAdder();

    /** Begins at zero. */
    public CallCount() {
        Arrays.setAll(classes, index -> new LongAdder());
    }

    /**
     * Counts a call.
     *
     * @param result what came of it: a word of the protocol's, of a bounded number of them
     * @param took how long it took, in nanoseconds
     */
    public void add(String result, long took) {
        outcomes.computeIfAbsent(result, name -> new LongAdder()).increment();
        int at = Arrays.binarySearch(BOUNDS_NANOS, took);
        classes[at < 0 ? -at - 1 : at].increment();
        nanos.add(took);
    }

    /** Appends how often each result was given. */
    void writeResults(PrometheusText text, String sample, String label, String name) {
        new TreeMap<>(outcomes)
                .forEach((result, times) -> text.sample(sample, times.sum(), label, name, "result", result));
    }

    /** Appends how long the calls took. */
    void writeTimes(PrometheusText text, String sample, String label, String name) {
        long[] cumulative = cumulative();
        long all = cumulative[cumulative.length - 1];
        if (all == 0) {
            return;
        }
        for (int i = 0; i < BOUNDS_NANOS.length; i++) {
            String bound = PrometheusText.number(BOUNDS_NANOS[i] / 1e9);
            text.sample(sample + "_bucket", cumulative[i], label, name, "le", bound);
        }
        text.sample(sample + "_bucket", all, label, name, "le", "+Inf");
        text.sample(sample + "_sum", nanos.sum() / 1e9, label, name);
        text.sample(sample + "_count", all, label, name);
    }

    /**
     * Appends the counts of a server's functions.
     *
     * @param text what they are appended to
     * @param prefix what the names of the metrics begin with
     * @param label what functions are called
     * @param counts the counts, by the functions' names
     */
    public static void writeTo(PrometheusText text, String prefix, String label, Map<String, CallCount> counts) {
        String calls = prefix + "operations_total";
        text.family(calls, "counter", "Calls, by what came of them.");
        counts.forEach((name, count) -> count.writeResults(text, calls, label, name));
        String times = prefix + "operation_duration_seconds";
        text.family(times, "histogram", "How long calls took, without their way to and fro.");
        counts.forEach((name, count) -> count.writeTimes(text, times, label, name));
    }

    /** Returns how many calls took at most each bound, and in the last place how many there were. */
    private long[] cumulative() {
        long[] sums = new long[classes.length];
        long sum = 0;
        for (int i = 0; i < classes.length; i++) {
            sum += classes[i].sum();
            sums[i] = sum;
        }
        return sums;
    }
}
