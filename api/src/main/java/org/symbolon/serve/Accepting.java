package org.symbolon.serve;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts clients for as long as a listener is open: what fails, such as for want of file descriptors, is tried again. */
public final class Accepting {
    private static final Logger LOG = LoggerFactory.getLogger(Accepting.class);
    private static final long PAUSE_MILLIS = 100;

    private Accepting() {}

    /** Accepts a client. */
    @FunctionalInterface
    public interface Step {
        /**
         * Accepts a client and hands it on.
         *
         * @throws IOException if none could come in
         */
        void acceptOne() throws IOException;
    }

    /**
     * Accepts clients until the listener is closed or the thread is interrupted.
     *
     * @param open whether the listener is open
     * @param address where it listens, for the log
     * @param step what accepts one
     */
    public static void untilClosed(BooleanSupplier open, String address, Step step) {
        try {
            while (open.getAsBoolean()) {
                acceptOrPause(open, address, step);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.debug("no longer listening on {}", address);
    }

    private static void acceptOrPause(BooleanSupplier open, String address, Step step) throws InterruptedException {
        try {
            step.acceptOne();
        } catch (IOException e) {
            if (open.getAsBoolean()) {
                LOG.warn("a client could not come in by {}: {}; it is tried again", address, e.getMessage());
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }
}
