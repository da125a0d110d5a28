package org.symbolon.kmip;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether batches are faster than single calls with some server: both are used in turn for some calls, what one call costs of the
 * time is compared, and the faster way kept until the next trial. Only calls that others ran beside count. Thread-safe.
 */
final class BatchTrial {
    private static final Logger LOG = LoggerFactory.getLogger(BatchTrial.class);
    static final int WINDOW = 256;
    static final int WINDOWS = 6;
    static final int CALLS_BETWEEN_TRIALS = 50_000;

    /** How much faster the other way has to be before the usual one is left. */
    private static final double MARGIN = 1.1;

    private final JoinKind kind;
    private final boolean usual;
    private final ReentrantLock lock = new ReentrantLock();
    private final double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
    private double nanos;
    private int calls;
    private volatile boolean batches;
    private int window;
    private int counted;
    private int settledFor;

    /** Starts with the usual way. */
    BatchTrial(JoinKind kind) {
        this.kind = kind;
        this.usual = kind != JoinKind.OTHER_SIGN;
        this.batches = usual;
    }

    /** {@return whether the next call is to travel with others} */
    boolean batches() {
        return batches;
    }

    /**
     * Counts a call.
     *
     * @param batched whether it went the way of batches
     * @param took how long it took in nanoseconds, waiting included
     * @param beside how many calls of its kind ran at the same time, itself included
     */
    void count(boolean batched, long took, int beside) {
        if (beside < 2) {
            return;
        }
        lock.lock();
        try {
            if (settledFor > 0) {
                settledFor--;
                return;
            }
            if (batched == batches) { // others began before the window
                nanos += (double) took / beside;
                calls++;
            }
            if (++counted == WINDOW) {
                counted = 0;
                nextWindow();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The cheapest window of each way counts: in the others, another program may have had the processor. */
    private void nextWindow() {
        int way = batches ? 1 : 0;
        if (calls > 0) {
            best[way] = Math.min(best[way], nanos / calls);
        }
        nanos = 0;
        calls = 0;
        if (++window < WINDOWS) {
            batches = !batches;
            return;
        }
        double single = best[0];
        double batched = best[1];
        batches = usual ? batched <= single * MARGIN : batched * MARGIN < single;
        LOG.debug(
                "{}: {} µs a call by itself, {} µs in batches: {}",
                kind,
                Math.round(single / 1000),
                Math.round(batched / 1000),
                batches ? "batches" : "single calls");
        window = 0;
        Arrays.fill(best, Double.MAX_VALUE);
        settledFor = CALLS_BETWEEN_TRIALS;
    }
}
