package org.symbolon.tests.bench;

/**
 * What one run of one pair told.
 *
 * @param round which round, from 1
 * @param workload what was done
 * @param contender by whom
 * @param threads on how many threads
 * @param perSecond operations in a second, of all threads
 * @param cpuNanos CPU time of the threads for each operation
 */
record Measurement(int round, Workload workload, Contender contender, int threads, double perSecond, double cpuNanos) {
    /** Returns how many operations a second of CPU time is good for: what the ratios compare. */
    double perCpuSecond() {
        return 1e9 / cpuNanos;
    }
}
