package org.symbolon.kmip;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;

/**
 * Frees threads that wait for a server: closes the socket under a call whose deadline passes or whose thread is interrupted, be
 * it in the middle of a message. Thread-safe.
 */
final class DeadlineWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeadlineWatch.class);
    private static final long LOOK_MILLIS = 20;

    private final ScheduledThreadPoolExecutor looking = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "symbolon-kmip-watch");
        thread.setDaemon(true);
        return thread;
    });

    DeadlineWatch() {
        looking.setRemoveOnCancelPolicy(true);
    }

    /** A call that is being watched. */
    static final class Call implements AutoCloseable {
        private final ScheduledFuture<?> looks;

        private Call(ScheduledFuture<?> looks) {
            this.looks = looks;
        }

        @Override
        public void close() {
            looks.cancel(false);
        }
    }

    /** Watches the calling thread's use of a socket until the call is closed. */
    Call watch(Socket socket, Deadline deadline) {
        Thread caller = Thread.currentThread();
        return new Call(looking.scheduleWithFixedDelay(
                () -> {
                    if (deadline.isPassed() || caller.isInterrupted()) {
                        cut(socket);
                    }
                },
                LOOK_MILLIS,
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS));
    }

    /** Closes a socket below TLS, without a farewell. */
    static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("Closing a socket failed", e);
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
