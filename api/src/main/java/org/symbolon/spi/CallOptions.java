package org.symbolon.spi;

import java.util.Optional;
import org.symbolon.Deadline;
import org.symbolon.Pin;

/**
 * What accompanies one call.
 *
 * @param deadline until when it may block
 * @param contextPin the PIN for a key with CKA_ALWAYS_AUTHENTICATE (CKU_CONTEXT_SPECIFIC)
 */
public record CallOptions(Deadline deadline, Optional<Pin> contextPin) {
    /**
     * Returns options with a deadline and nothing else.
     *
     * @param deadline until when the call may block
     * @return the options
     */
    public static CallOptions until(Deadline deadline) {
        return new CallOptions(deadline, Optional.empty());
    }
}
