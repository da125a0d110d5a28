package org.symbolon.serve;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs who is refused or cut off, and why: a few a second, so that a flood of clients is no flood in the log. Thread-safe. */
public final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int A_SECOND = 10;

    private final ClientCounts counts;
    private long begun = System.nanoTime();
    private int logged;
    private int omitted;

    RefusalLog(ClientCounts counts) {
        this.counts = counts;
    }

    /** {@return a log of its own, for one client without a server} */
    public static RefusalLog ofOne() {
        return new RefusalLog(new ClientCounts());
    }

    /**
     * Counts a client that is refused or cut off, and says why.
     *
     * @param reason the kind of reason
     * @param client who it is, for the log
     * @param why what was wrong, without anything secret
     */
    public void add(CutOff reason, String client, String why) {
        counts.cutOff(reason);
        int untold = 0;
        boolean tell;
        synchronized (this) {
            long now = System.nanoTime();
            if (now - begun > SECOND) {
                begun = now;
                logged = 0;
                untold = omitted;
                omitted = 0;
            }
            tell = logged < A_SECOND;
            if (tell) {
                logged++;
            } else {
                omitted++;
            }
        }
        if (untold > 0) {
            LOG.warn("{} more were refused within a second", untold);
        }
        if (tell) {
            LOG.warn("{} is refused: {}", client, why);
        } else {
            LOG.debug("{} is refused: {}", client, why);
        }
    }
}
