package org.symbolon.remote.oncrpc;

import java.util.Optional;

/**
 * A program of ONC RPC.
 *
 * @param number its number; 0x20000000 to 0x3fffffff are for users to choose (RFC 5531 section 8.3)
 * @param version its version
 */
public record RpcProgram(long number, long version) {
    /** Returns why a call is none of this program, if it is none. */
    Optional<AcceptStatus> mistake(CallHeader header) {
        if (header.program() != number) {
            return Optional.of(AcceptStatus.PROG_UNAVAIL);
        }
        return header.version() == version ? Optional.empty() : Optional.of(AcceptStatus.PROG_MISMATCH);
    }
}
