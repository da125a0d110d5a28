package org.symbolon.kmip;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.symbolon.Deadline;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.ttlv.TtlvLimits;

/** The connections to a server: at most so many, the one used last lent first, none that has idled too long. Thread-safe. */
final class Connections implements AutoCloseable {
    private final ServerAddress server;
    private final TtlvLimits limits;
    private final Duration idleLimit;
    private final Semaphore free;
    private final DeadlineWatch watch = new DeadlineWatch();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<KmipConnection> idle = new ArrayDeque<>();
    private boolean closed;

    Connections(ServerAddress server, TtlvLimits limits, Duration idleLimit, int maxConnections) {
        this.server = server;
        this.limits = limits;
        this.idleLimit = idleLimit;
        this.free = new Semaphore(maxConnections);
    }

    ServerAddress server() {
        return server;
    }

    /** A use of a connection. */
    interface Use<R> {
        /** Uses a connection; {@code reused} says that it was used before, and that the server may have ended it meanwhile. */
        R with(KmipConnection connection, boolean reused) throws IOException;
    }

    /** Lends a connection that idles, or a new one. One that fails is not kept. */
    <R> R lend(Deadline deadline, Use<R> use) throws IOException, TokenUnavailableException {
        acquire(deadline);
        try {
            KmipConnection kept = take();
            KmipConnection connection = kept != null ? kept : KmipConnection.open(server, watch, limits, deadline);
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
            free.release();
        }
    }

    private void acquire(Deadline deadline) throws TokenUnavailableException {
        try {
            if (!free.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.missed("a free connection to " + server);
            }
        } catch (InterruptedException e) {
            throw deadline.interrupted("a free connection to " + server, e);
        }
    }

    private @Nullable KmipConnection take() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this KmipClient was closed");
            }
            KmipConnection newest = idle.pollFirst();
            if (newest == null || newest.idleNanos() <= idleLimit.toNanos()) {
                return newest;
            }
            newest.close();
            idle.forEach(KmipConnection::close);
            idle.clear();
            return null;
        } finally {
            lock.unlock();
        }
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

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            idle.forEach(KmipConnection::close);
            idle.clear();
        } finally {
            lock.unlock();
        }
        watch.close();
    }
}
