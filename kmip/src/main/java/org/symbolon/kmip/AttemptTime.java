package org.symbolon.kmip;

import java.time.Duration;
import org.symbolon.Deadline;

/**
 * How long one node may take.
 *
 * @param deadline until when it is waited for
 * @param connecting how long connecting to it may take
 * @param beside whether it is asked beside the calls, though they use all connections that there may be
 */
record AttemptTime(Deadline deadline, Duration connecting, boolean beside) {
    AttemptTime(Deadline deadline, Duration connecting) {
        this(deadline, connecting, false);
    }

    /** One beside the calls, in which connecting may take as long as anything. */
    static AttemptTime beside(Deadline deadline) {
        return new AttemptTime(deadline, deadline.remaining(), true);
    }
}
