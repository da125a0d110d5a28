package org.symbolon.kmip.server;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.ResultReason;

/**
 * Which part of the data a request brings: all of it, the first, one in between, or the last (KMIP 2.1 section 6.1.15).
 *
 * @param correlation what the server gave for the first part; null for the first part and for all of the data
 * @param begins whether it is the first part
 * @param ends whether it is the last part
 */
record Part(@Nullable Bytes correlation, boolean begins, boolean ends) {
    /** Reads the fields of a request. */
    static Part of(@Nullable Bytes correlation, @Nullable Boolean init, @Nullable Boolean last) throws KmipFailure {
        boolean first = Boolean.TRUE.equals(init);
        boolean end = Boolean.TRUE.equals(last);
        if (correlation != null && first) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD, "the first part of the data brings no Correlation Value; leave it out");
        }
        if (correlation == null && end && !first) {
            throw new KmipFailure(
                    ResultReason.INVALID_CORRELATION_VALUE, "the last part brings the Correlation Value of the first");
        }
        return new Part(correlation, correlation == null, end || (correlation == null && !first));
    }

    boolean isWhole() {
        return begins && ends;
    }
}
