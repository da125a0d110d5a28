package org.symbolon.remote.oncrpc;

import java.util.Arrays;
import org.symbolon.remote.rpc.MalformedMessageException;

/** Why a call of a known caller was not done: accept_stat (RFC 5531 section 9). */
public enum AcceptStatus {
    /** There is no such program here. */
    PROG_UNAVAIL(1),
    /** The program has another version here. */
    PROG_MISMATCH(2),
    /** The program has no such procedure. */
    PROC_UNAVAIL(3),
    /** The arguments do not decode, or were changed on their way. */
    GARBAGE_ARGS(4),
    /** The server failed. */
    SYSTEM_ERR(5);

    private final int code;

    AcceptStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static AcceptStatus of(long code) throws MalformedMessageException {
        return Arrays.stream(values())
                .filter(status -> status.code == code)
                .findFirst()
                .orElseThrow(() -> new MalformedMessageException("there is no accept_stat " + code));
    }
}
