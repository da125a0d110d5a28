package org.symbolon.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.symbolon.Deadline;

/**
 * Ends waits whose deadline passes, whose thread is interrupted or whose patience is over, by closing their connection: so
 * callers block in the plain read of any transport and are woken by nothing but its bytes. Thread-safe.
 */
public final class CallWatch implements AutoCloseable {
    private static final long SWEEP_NANOS = 5_000_000;
    private static final int SWEEPS_BEFORE_REST = 200;

    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    private final Thread sweeper = new Thread(this::sweep, "symbolon-watch");
    private volatile boolean resting;
    private volatile boolean closed;

    /** Starts watching. */
    public CallWatch() {
        sweeper.setDaemon(true);
        sweeper.start();
    }

    /** What is done to a connection whose caller waits no longer. */
    @FunctionalInterface
    public interface Cut {
        /** Closes it at once; throws nothing. */
        void cut();
    }

    /** Why a connection was closed. */
    private enum Reason {
        /** It was not. */
        NONE,
        /** Its caller's time was over. */
        CALLER,
        /** The server's was. */
        SERVER
    }

    /** A call that is being watched, by the thread that made it. */
    public final class Call implements AutoCloseable {
        private final Cut connection;
        private final Deadline deadline;
        private final Patience patience;
        private final long began = System.nanoTime();
        private final Thread thread = Thread.currentThread();
        private volatile Reason reason = Reason.NONE;

        private Call(Cut connection, Deadline deadline, Patience patience) {
            this.connection = connection;
            this.deadline = deadline;
            this.patience = patience;
        }

        private void look() {
            if (reason != Reason.NONE) {
                return;
            }
            if (deadline.isPassed() || thread.isInterrupted()) {
                cut(Reason.CALLER);
            } else if (patience.isOver(began)) {
                cut(Reason.SERVER);
            }
        }

        private void cut(Reason why) {
            reason = why;
            connection.cut();
        }

        /** {@return whether the connection was closed because of this call} */
        public boolean wasCut() {
            return reason == Reason.CALLER;
        }

        /** {@return whether the connection was closed because of its server, so that the call can be made elsewhere} */
        public boolean wasGivenUp() {
            return reason == Reason.SERVER;
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }

    /**
     * Watches the calling thread's use of a connection.
     *
     * @param connection closes the connection
     * @param deadline until when the thread may use it
     * @param patience how long it waits for the server
     * @return the call, to be closed when the thread is done with it
     */
    public Call watch(Cut connection, Deadline deadline, Patience patience) {
        Call call = new Call(connection, deadline, patience);
        running.add(call);
        if (resting) {
            LockSupport.unpark(sweeper);
        }
        return call;
    }

    private void sweep() {
        int idle = 0;
        while (!closed || !running.isEmpty()) {
            running.forEach(Call::look);
            idle = running.isEmpty() ? idle + 1 : 0;
            if (idle < SWEEPS_BEFORE_REST) {
                LockSupport.parkNanos(this, SWEEP_NANOS);
            } else {
                rest();
                idle = 0;
            }
        }
    }

    private void rest() {
        resting = true;
        if (running.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        resting = false;
    }

    /** Lets the calls that are running come to their end, and watches no more. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(sweeper);
    }
}
