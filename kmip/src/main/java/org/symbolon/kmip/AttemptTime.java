package org.symbolon.kmip;

import java.time.Duration;
import org.symbolon.Deadline;
import org.symbolon.transport.Patience;

/**
 * How long one node may take.
 *
 * @param deadline until when it is waited for
 * @param connecting how long connecting to it may take
 * @param beside whether it is asked beside the calls, though they use all connections that there may be
 * @param patience whose end ends it, beside the node's own
 */
record AttemptTime(Deadline deadline, Duration connecting, boolean beside, Patience patience) {
    AttemptTime(Deadline deadline, Duration connecting) {
        this(deadline, connecting, false, Patience.ENDLESS);
    }

    /** One beside the calls, in which connecting may take as long as anything. */
    static AttemptTime beside(Deadline deadline) {
        return new AttemptTime(deadline, deadline.remaining(), true, Patience.ENDLESS);
    }

    /** This time, while somebody has patience. */
    AttemptTime during(Patience other) {
        return new AttemptTime(deadline, connecting, beside, other);
    }
}
