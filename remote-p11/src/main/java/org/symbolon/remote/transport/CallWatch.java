package org.symbolon.remote.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.symbolon.Deadline;

/**
 * Ends reads and writes whose deadline passes or whose thread is interrupted, by closing their connection: so callers block
 * in the plain read of any transport and are woken by nothing but its bytes. Thread-safe.
 */
public final class CallWatch implements AutoCloseable {
    private static final long SWEEP_NANOS = 5_000_000;
    private static final int SWEEPS_BEFORE_REST = 200;

    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    private final Thread sweeper = new Thread(this::sweep, "symbolon-p11-watch");
    private volatile boolean resting;
    private volatile boolean closed;

    /** Starts watching. */
    public CallWatch() {
        sweeper.setDaemon(true);
        sweeper.start();
    }

    /** A call that is being watched, by the thread that made it. */
    public final class Call implements AutoCloseable {
        private final Transport transport;
        private final Deadline deadline;
        private final Thread thread = Thread.currentThread();
        private volatile boolean cut;

        private Call(Transport transport, Deadline deadline) {
            this.transport = transport;
            this.deadline = deadline;
        }

        private void look() {
            if (!cut && (deadline.isPassed() || thread.isInterrupted())) {
                cut = true;
                transport.close();
            }
        }

        /** {@return whether the connection was closed because of this call} */
        public boolean wasCut() {
            return cut;
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }

    /**
     * Watches the calling thread's use of a connection.
     *
     * @param transport the connection
     * @param deadline until when the thread may use it
     * @return the call, to be closed when the thread is done with it
     */
    public Call watch(Transport transport, Deadline deadline) {
        Call call = new Call(transport, deadline);
        running.add(call);
        if (resting) {
            LockSupport.unpark(sweeper);
        }
        return call;
    }

    private void sweep() {
        int idle = 0;
        while (!closed) {
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

    /** Stops watching. Calls that are running go on unwatched. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(sweeper);
    }
}
