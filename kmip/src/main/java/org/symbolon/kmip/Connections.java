package org.symbolon.kmip;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.symbolon.Deadline;

/**
 * The connections to a node: at most so many, the one used last lent first. One that idled for a part of what the server allows is
 * looked at before it is lent, one that idled for longer is replaced. Thread-safe.
 */
final class Connections implements AutoCloseable {
    private static final long LOOKED_AT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LOOKED_AT_PART = 4;

    private final ServerAddress server;
    private final KmipConnection.Opening opening;
    private final IdleLimit idleLimit;
    private final Semaphore free;
    private final int maxConnections;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<KmipConnection> idle = new ArrayDeque<>();
    private boolean closed;

    Connections(ServerAddress server, KmipConnection.Opening opening, IdleLimit idleLimit, int maxConnections) {
        this.server = server;
        this.opening = opening;
        this.idleLimit = idleLimit;
        this.free = new Semaphore(maxConnections);
        this.maxConnections = maxConnections;
    }

    /** A use of a connection. */
    interface Use<R> {
        /** Uses a connection; {@code reused} says that it was used before, and that the server may have ended it meanwhile. */
        R with(KmipConnection connection, boolean reused) throws IOException;
    }

    /**
     * Lends a connection that idles, or a new one. One that fails is not kept.
     *
     * @throws LostException if there is no connection
     */
    <R> R lend(AttemptTime time, KmipCallEvent event, Use<R> use) throws IOException {
        long begin = System.nanoTime();
        if (!time.beside()) {
            acquire(time.deadline());
        }
        try {
            event.waiting(begin);
            KmipConnection kept = take();
            KmipConnection connection = kept != null ? kept : open(time, event);
            boolean whole = false;
            try {
                R result = use.with(connection, kept != null);
                whole = true;
                return result;
            } finally {
                if (!whole || !keep(connection)) {
                    connection.close();
                }
            }
        } finally {
            if (!time.beside()) {
                free.release();
            }
        }
    }

    private KmipConnection open(AttemptTime time, KmipCallEvent event) throws LostException {
        long begin = System.nanoTime();
        Duration left = time.deadline().remaining();
        Duration bound = left.compareTo(time.connecting()) < 0 ? left : time.connecting();
        try {
            KmipConnection connection = opening.open(Deadline.after(bound.isZero() ? Duration.ofNanos(1) : bound));
            idleLimit.confirm();
            return connection;
        } catch (IOException e) {
            idleLimit.dismiss();
            throw new LostException(LostException.Kind.NOT_SENT, ConnectFailure.describe(server, e, bound), e);
        } finally {
            event.connecting(begin);
        }
    }

    private void acquire(Deadline deadline) throws IOException {
        try {
            if (!free.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new LostException(
                        LostException.Kind.BUSY,
                        "no connection to " + server + " became free; set maxConnections higher",
                        new SocketTimeoutException("all connections are in use"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw new LostException(
                    LostException.Kind.BUSY, "interrupted while waiting for a connection to " + server, interrupted);
        }
    }

    private @Nullable KmipConnection take() {
        while (true) {
            KmipConnection newest = newest();
            if (newest == null) {
                return null;
            }
            if (!newest.isQuiet()) {
                newest.close();
                continue;
            }
            long idled = newest.idleNanos();
            if (newest.isCut()) {
                continue;
            }
            if (idled < Math.min(LOOKED_AT_NANOS, idleLimit.nanos() / LOOKED_AT_PART) || newest.isOpen()) {
                return newest;
            }
            newest.close();
            idleLimit.ended(idled);
        }
    }

    private @Nullable KmipConnection newest() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this KmipClient was closed");
            }
            for (KmipConnection oldest = idle.peekLast();
                    oldest != null && oldest.idleNanos() > idleLimit.nanos();
                    oldest = idle.peekLast()) {
                idle.removeLast();
                oldest.close();
            }
            return idle.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    private void endIdle() {
        idle.forEach(KmipConnection::close);
        idle.clear();
    }

    private boolean keep(KmipConnection connection) {
        lock.lock();
        try {
            if (!closed) {
                idle.addFirst(connection);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether a connection is there, idle or in use} */
    boolean isConnected() {
        lock.lock();
        try {
            return !idle.isEmpty() || free.availablePermits() < maxConnections;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the connections that idle: their node went away, or what they were made with has changed. */
    void forget() {
        lock.lock();
        try {
            endIdle();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            endIdle();
        } finally {
            lock.unlock();
        }
    }
}
