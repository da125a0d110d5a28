package org.symbolon.kmip;

import java.util.Optional;
import org.symbolon.Deadline;
import org.symbolon.kmip.object.Ticket;

/**
 * How a call is made.
 *
 * @param deadline until when it may block
 * @param usesRepeatable whether uses of keys may be repeated like reading: their server does not count them
 * @param correlation the Client Correlation Value, if the caller gives one
 * @param ticket what stands for the credentials, if the caller has logged in
 */
record CallScope(Deadline deadline, boolean usesRepeatable, Optional<String> correlation, Optional<Ticket> ticket) {
    CallScope(Deadline deadline, boolean usesRepeatable, Optional<String> correlation) {
        this(deadline, usesRepeatable, correlation, Optional.empty());
    }

    static CallScope until(Deadline deadline) {
        return new CallScope(deadline, false, Optional.empty());
    }
}
