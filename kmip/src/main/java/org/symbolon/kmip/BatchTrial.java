package org.symbolon.kmip;

import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether batches are faster than single calls with some server: both are used in turn for some calls, what one call costs of the
 * time is compared, and the faster way kept until the next trial. Only calls that others ran beside count. Thread-safe.
 */
final class BatchTrial {
    private static final Logger LOG = LoggerFactory.getLogger(BatchTrial.class);
    private static final int WINDOW = 32;
    private static final int WINDOWS = 6;
    private static final int CALLS_BETWEEN_TRIALS = 5_000;

    /** How much faster the other way has to be before the usual one is left. */
    private static final double MARGIN = 1.1;

    private final JoinKind kind;
    private final boolean usual;
    private final ReentrantLock lock = new ReentrantLock();
    private final double[] nanos = new double[2];
    private final long[] calls = new long[2];
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
        if (kind == JoinKind.READ || beside < 2) {
            return;
        }
        lock.lock();
        try {
            if (settledFor > 0) {
                settledFor--;
                return;
            }
            int way = batched ? 1 : 0;
            nanos[way] += (double) took / beside;
            calls[way]++;
            if (++counted == WINDOW) {
                counted = 0;
                nextWindow();
            }
        } finally {
            lock.unlock();
        }
    }

    private void nextWindow() {
        if (++window < WINDOWS) {
            batches = !batches;
            return;
        }
        double single = nanos[0] / Math.max(1, calls[0]);
        double batched = nanos[1] / Math.max(1, calls[1]);
        batches = usual ? batched <= single * MARGIN : batched * MARGIN < single;
        LOG.debug(
                "{}: {} µs a call by itself, {} µs in batches: {}",
                kind,
                Math.round(single / 1000),
                Math.round(batched / 1000),
                batches ? "batches" : "single calls");
        window = 0;
        nanos[0] = 0;
        nanos[1] = 0;
        calls[0] = 0;
        calls[1] = 0;
        settledFor = CALLS_BETWEEN_TRIALS;
    }
}
