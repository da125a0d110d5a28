package org.symbolon.remote.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.ObjectId;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;
import org.symbolon.TokenUnavailableException;

/**
 * The connections of one login to one token, each lent to one call at a time. Heals: a connection that ended, or whose login
 * is gone, is replaced, and the call is made again where that cannot do anything twice. Thread-safe; no lock is held while
 * anybody waits for a peer.
 */
final class ConnectionPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionPool.class);
    private static final int MAX_ATTEMPTS = 5;
    private static final Set<String> NOTHING_WAS_DONE = Set.of(
            "CKR_SESSION_HANDLE_INVALID",
            "CKR_SESSION_CLOSED",
            "CKR_CRYPTOKI_NOT_INITIALIZED",
            "CKR_DEVICE_REMOVED",
            "CKR_TOKEN_NOT_PRESENT");

    private final Connector connector;
    private final TokenName token;
    private final Credential credential;
    private final boolean readOnly;
    private final int max;
    private final Supplier<String> ids;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final List<TokenConnection> connections = new ArrayList<>();
    private final Set<TokenConnection> lent = new HashSet<>();
    private int opening;
    private boolean closed;

    ConnectionPool(
            Connector connector,
            TokenName token,
            Credential credential,
            boolean readOnly,
            int max,
            Supplier<String> ids) {
        this.connector = connector;
        this.token = token;
        this.credential = credential;
        this.readOnly = readOnly;
        this.max = max;
        this.ids = ids;
    }

    /** Something to be done on a connection. */
    @FunctionalInterface
    interface Work<R> {
        R on(TokenConnection connection) throws TokenException, ConnectionLostException;
    }

    /** Whether work may be done again when nobody knows whether it was done. */
    enum Repeat {
        /** It changes nothing. */
        ALWAYS,
        /** Only if it is certain that nothing was done. */
        IF_NOTHING_WAS_DONE
    }

    Credential credential() {
        return credential;
    }

    /** Does some work on whichever connection is free first. */
    <R> R call(Deadline deadline, Repeat repeat, Work<R> work) throws TokenException {
        for (int attempt = 1; ; attempt++) {
            TokenConnection connection = acquire(null, deadline);
            boolean begun = false;
            try {
                if (repeat == Repeat.ALWAYS || connection.isAlive(deadline)) {
                    begun = repeat != Repeat.ALWAYS;
                    return work.on(connection);
                }
                connection.close();
                if (attempt == MAX_ATTEMPTS) {
                    throw new TokenUnavailableException(
                            Status.ckr("CKR_SESSION_CLOSED"),
                            "the peer ends each new session or its login at once; nothing was done");
                }
            } catch (ConnectionLostException e) {
                LOG.debug("Attempt {}: {}", attempt, e.getMessage());
                closeIdle();
                if (begun || attempt == MAX_ATTEMPTS) {
                    throw e.toTokenException();
                }
            } catch (TokenUnavailableException | TokenPermissionException e) {
                if (attempt == MAX_ATTEMPTS || !isWorthAnother(connection, repeat, attempt, e, deadline)) {
                    throw e;
                }
                connection.close();
            } finally {
                release(connection);
            }
        }
    }

    /** Tells a connection that has gone wrong from a call that has. */
    private boolean isWorthAnother(
            TokenConnection connection, Repeat repeat, int attempt, TokenException e, Deadline deadline)
            throws TokenException {
        String status = e.status().name();
        if (status.equals("CKR_USER_NOT_LOGGED_IN") && credential.logsIn()) {
            return !isAlive(connection, deadline);
        }
        return NOTHING_WAS_DONE.contains(status)
                || (status.equals("CKR_DEVICE_ERROR")
                        && !connection.isBroken()
                        && repeat == Repeat.ALWAYS
                        && attempt == 1);
    }

    private static boolean isAlive(TokenConnection connection, Deadline deadline) throws TokenException {
        try {
            return connection.isAlive(deadline);
        } catch (ConnectionLostException e) {
            LOG.debug("The connection ended as well: {}", e.getMessage());
            return false;
        }
    }

    /** Does some work on one connection, which something is bound to; it is not replaced. */
    <R> R callOn(TokenConnection connection, Deadline deadline, Work<R> work) throws TokenException {
        acquire(connection, deadline);
        try {
            return work.on(connection);
        } catch (ConnectionLostException e) {
            throw e.toTokenException();
        } finally {
            release(connection);
        }
    }

    /** Logs in anew, on a connection that is added to the pool: shows that the credential is right. */
    void openAnother(Deadline deadline) throws TokenException {
        TokenConnection fresh = open(deadline);
        lock.lock();
        try {
            if (!closed && connections.size() + opening < max) {
                connections.add(fresh);
                return;
            }
        } finally {
            lock.unlock();
        }
        fresh.close();
    }

    private TokenConnection acquire(@Nullable TokenConnection wanted, Deadline deadline) throws TokenException {
        String what = "one of " + max + " connections";
        lock.lock();
        try {
            requireOpen();
            TokenConnection free = free(wanted);
            while (free == null && (wanted != null || connections.size() + opening >= max)) {
                if (freed.awaitNanos(deadline.remainingNanos()) <= 0) {
                    throw deadline.missed(what);
                }
                requireOpen();
                free = free(wanted);
            }
            if (free != null) {
                lent.add(free);
                return free;
            }
            opening++;
        } catch (InterruptedException e) {
            throw deadline.interrupted(what, e);
        } finally {
            lock.unlock();
        }
        return openLent(deadline);
    }

    private @Nullable TokenConnection free(@Nullable TokenConnection wanted) {
        if (wanted == null) {
            return firstFree();
        }
        return lent.contains(wanted) ? null : wanted;
    }

    private @Nullable TokenConnection firstFree() {
        for (Iterator<TokenConnection> each = connections.iterator(); each.hasNext(); ) {
            TokenConnection connection = each.next();
            if (connection.isBroken() && !lent.contains(connection)) {
                each.remove();
            } else if (!lent.contains(connection)) {
                return connection;
            }
        }
        return null;
    }

    private TokenConnection openLent(Deadline deadline) throws TokenException {
        TokenConnection opened = null;
        try {
            opened = open(deadline);
            return opened;
        } finally {
            lock.lock();
            try {
                opening--;
                if (opened != null && !closed) {
                    connections.add(opened);
                    lent.add(opened);
                }
                freed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Opens a connection. One at a time logs in, so that a PIN which is wrong by now is shown once and not by everyone. */
    private TokenConnection open(Deadline deadline) throws TokenException {
        awaitTurn(deadline);
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return TokenConnection.open(
                            connector.connect(deadline), ids.get(), token, credential, readOnly, deadline);
                } catch (ConnectionLostException e) {
                    LOG.debug("A connection ended before it was ready: {}", e.getMessage());
                    if (attempt == MAX_ATTEMPTS) {
                        throw e.toTokenException();
                    }
                }
            }
        } catch (TokenAuthenticationException e) {
            credential.refused(e.status());
            throw e;
        } finally {
            credential.turn().release();
        }
    }

    private void awaitTurn(Deadline deadline) throws TokenException {
        try {
            if (!credential.turn().tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.missed("a login that is under way");
            }
        } catch (InterruptedException e) {
            throw deadline.interrupted("a login that is under way", e);
        }
    }

    private void release(TokenConnection connection) {
        boolean unwanted;
        lock.lock();
        try {
            lent.remove(connection);
            if (connection.isBroken()) {
                connections.remove(connection);
            }
            unwanted = closed;
            freed.signalAll();
        } finally {
            lock.unlock();
        }
        if (unwanted) {
            connection.close();
        }
    }

    /** Closes the connections that nobody uses: one that ended has most likely not ended alone. */
    private void closeIdle() {
        List<TokenConnection> idle;
        lock.lock();
        try {
            idle = connections.stream()
                    .filter(connection -> !lent.contains(connection))
                    .toList();
            connections.removeAll(idle);
        } finally {
            lock.unlock();
        }
        idle.forEach(TokenConnection::close);
    }

    /** Whether a connection is still there, by its id. */
    boolean has(String connectionId) {
        lock.lock();
        try {
            return connections.stream().anyMatch(each -> each.id().equals(connectionId) && !each.isBroken());
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the handles of an object. */
    void forget(ObjectId object) {
        List<TokenConnection> all;
        lock.lock();
        try {
            all = List.copyOf(connections);
        } finally {
            lock.unlock();
        }
        all.forEach(connection -> connection.forget(object));
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the session was closed");
        }
    }

    @Override
    public void close() {
        List<TokenConnection> idle;
        lock.lock();
        try {
            closed = true;
            idle = connections.stream()
                    .filter(connection -> !lent.contains(connection))
                    .toList();
            connections.clear();
            freed.signalAll();
        } finally {
            lock.unlock();
        }
        idle.forEach(TokenConnection::close);
        credential.close();
    }
}
