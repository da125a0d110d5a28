package org.symbolon.tests.bench.remote;

/**
 * What one run told.
 *
 * @param round which round, from 1
 * @param contender who signed
 * @param threads on how many threads
 * @param perSecond signatures in a second by the clock, of all threads
 * @param p50Micros the median time of a signature
 * @param p99Micros the time that 99 of 100 signatures kept to
 * @param cpuMicros CPU time of a signature, of the client's process and of all servers' together
 */
record RemoteResult(
        int round,
        RemoteContender contender,
        int threads,
        double perSecond,
        double p50Micros,
        double p99Micros,
        double cpuMicros) {}
