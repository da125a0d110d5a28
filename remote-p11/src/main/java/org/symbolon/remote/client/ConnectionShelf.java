package org.symbolon.remote.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.symbolon.Deadline;
import org.symbolon.ObjectId;
import org.symbolon.TokenException;

/**
 * The open connections of a pool, each lent to one call at a time. Thread-safe; no lock is held while anybody waits for a
 * peer.
 *
 * <p>One that is taken out of use is closed as soon as nobody uses it and no operation or cursor is bound to it.
 */
final class ConnectionShelf implements AutoCloseable {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    /**
     * How long a call waits for a connection that others use before one more is opened, where there are more connections to
     * this machine than it has processors: each is a thread of its server, or a process of a module.
     */
    private static final long LOCAL_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final ConnectionOpener opener;
    private final boolean moves;
    private final int max;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final List<TokenConnection> usable = new ArrayList<>();
    private final Set<TokenConnection> retired = new HashSet<>();
    private final Set<TokenConnection> lent = new HashSet<>();
    private int opening;
    private boolean closed;

    /**
     * Makes an empty one.
     *
     * @param moves whether any connection is as good as any other
     * @param max how many connections there are at most, but for those that were taken out of use
     */
    ConnectionShelf(ConnectionOpener opener, boolean moves, int max) {
        this.opener = opener;
        this.moves = moves;
        this.max = max;
    }

    // ---- lending

    /** Lends whichever connection is free first; opens one if none is and there may be more. */
    TokenConnection lend(Deadline deadline) throws TokenException {
        List<TokenConnection> unwanted = new ArrayList<>();
        try {
            TokenConnection free = awaitFree(deadline, unwanted);
            return free != null ? free : openLent(deadline);
        } finally {
            unwanted.forEach(TokenConnection::close);
        }
    }

    private @Nullable TokenConnection awaitFree(Deadline deadline, List<TokenConnection> unwanted)
            throws TokenException {
        lock.lock();
        try {
            awaitShortly(unwanted, deadline);
            awaitWhile(() -> free(unwanted) == null && usable.size() + opening >= max, deadline);
            TokenConnection free = free(unwanted);
            if (free == null) {
                opening++;
            } else {
                lent.add(free);
            }
            return free;
        } finally {
            lock.unlock();
        }
    }

    private void awaitShortly(List<TokenConnection> unwanted, Deadline deadline) throws TokenException {
        long left = Math.min(LOCAL_PATIENCE_NANOS, deadline.remainingNanos());
        try {
            while (left > 0 && !closed && free(unwanted) == null && isCrowded()) {
                left = freed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw deadline.interrupted("one of " + max + " connections", e);
        }
    }

    private boolean isCrowded() {
        return usable.size() > PROCESSORS
                && usable.stream()
                        .allMatch(connection -> connection.health().endpoint().isLocal());
    }

    private @Nullable TokenConnection free(List<TokenConnection> unwanted) {
        for (TokenConnection connection : usable) {
            if (!lent.contains(connection)) {
                if (isFit(connection)) {
                    return connection;
                }
                unwanted.addAll(retire(other -> !lent.contains(other) && !isFit(other)));
                return free(unwanted);
            }
        }
        return null;
    }

    private boolean isFit(TokenConnection connection) {
        return !connection.isBroken() && !(moves && connection.health().isGivenUp());
    }

    private void awaitWhile(BooleanSupplier occupied, Deadline deadline) throws TokenException {
        String what = "one of " + max + " connections";
        requireOpen();
        try {
            while (occupied.getAsBoolean()) {
                if (freed.awaitNanos(deadline.remainingNanos()) <= 0) {
                    throw deadline.missed(what);
                }
                requireOpen();
            }
        } catch (InterruptedException e) {
            throw deadline.interrupted(what, e);
        }
    }

    /** Lends one connection, which something is bound to. */
    void lend(TokenConnection wanted, Deadline deadline) throws TokenException {
        lock.lock();
        try {
            awaitWhile(() -> lent.contains(wanted), deadline);
            lent.add(wanted);
        } finally {
            lock.unlock();
        }
    }

    /** Lends a connection that is opened for this call, in place of one that was lent and is to be given back all the same. */
    TokenConnection lendInsteadOf(TokenConnection old, Deadline deadline) throws TokenException {
        lock.lock();
        try {
            requireOpen();
            if (usable.remove(old)) {
                retired.add(old);
            }
            opening++;
        } finally {
            lock.unlock();
        }
        return openLent(deadline);
    }

    private TokenConnection openLent(Deadline deadline) throws TokenException {
        TokenConnection opened = null;
        try {
            opened = opener.open(deadline);
            return opened;
        } finally {
            lock.lock();
            try {
                opening--;
                if (opened != null && !closed) {
                    usable.add(opened);
                    lent.add(opened);
                }
                freed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Takes a connection back. */
    void release(TokenConnection connection) {
        boolean over;
        lock.lock();
        try {
            lent.remove(connection);
            if (connection.isBroken() || isBetterReplaced(connection)) {
                if (usable.remove(connection)) {
                    retired.add(connection);
                }
            }
            over = closed || (retired.contains(connection) && (connection.isBroken() || !connection.isBound()));
            if (over) {
                retired.remove(connection);
            }
            freed.signalAll();
        } finally {
            lock.unlock();
        }
        if (over) {
            connection.close();
        }
    }

    /** One after the other goes back to a server that is preferred, so that there are others to use meanwhile. */
    private boolean isBetterReplaced(TokenConnection connection) {
        return moves && opening == 0 && opener.connector().hasBetterThan(connection.health());
    }

    /** Closes a connection that was taken out of use, if nothing is bound to it any more. */
    void settle(TokenConnection connection) {
        boolean over;
        lock.lock();
        try {
            over = !lent.contains(connection) && !connection.isBound() && retired.remove(connection);
        } finally {
            lock.unlock();
        }
        if (over) {
            connection.close();
        }
    }

    // ---- more and fewer

    /** Opens a connection beside those that there are. */
    void openAnother(Deadline deadline) throws TokenException {
        TokenConnection fresh = opener.open(deadline);
        lock.lock();
        try {
            if (!closed && usable.size() + opening < max) {
                usable.add(fresh);
                return;
            }
        } finally {
            lock.unlock();
        }
        fresh.close();
    }

    /** Takes the idle connections to a server out of use: one that ended has most likely not ended alone. */
    void retireIdle(EndpointHealth server) {
        List<TokenConnection> unwanted;
        lock.lock();
        try {
            unwanted = retire(connection -> connection.health().equals(server) && !lent.contains(connection));
        } finally {
            lock.unlock();
        }
        unwanted.forEach(TokenConnection::close);
    }

    /** Takes connections out of use, and returns those that nobody needs any more. */
    private List<TokenConnection> retire(Predicate<TokenConnection> which) {
        List<TokenConnection> unwanted = new ArrayList<>();
        for (TokenConnection connection : List.copyOf(usable)) {
            if (which.test(connection)) {
                usable.remove(connection);
                if (lent.contains(connection) || (connection.isBound() && !connection.isBroken())) {
                    retired.add(connection);
                } else {
                    unwanted.add(connection);
                }
            }
        }
        return unwanted;
    }

    // ---- what is known

    /** Whether a connection is still there, by its id. */
    boolean has(String connectionId) {
        return all().stream().anyMatch(each -> each.id().equals(connectionId) && !each.isBroken());
    }

    /** Forgets the handles of an object. */
    void forget(ObjectId object) {
        all().forEach(connection -> connection.forget(object));
    }

    private List<TokenConnection> all() {
        lock.lock();
        try {
            List<TokenConnection> all = new ArrayList<>(usable);
            all.addAll(retired);
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** How many connections there are. */
    int size() {
        return all().size();
    }

    /** How many connections are lent. */
    int lent() {
        lock.lock();
        try {
            return lent.size();
        } finally {
            lock.unlock();
        }
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

    /** Closes what nobody uses, and the others when they come back. */
    @Override
    public void close() {
        List<TokenConnection> idle;
        lock.lock();
        try {
            closed = true;
            idle = new ArrayList<>(usable);
            idle.addAll(retired);
            idle.removeAll(lent);
            usable.clear();
            retired.clear();
            freed.signalAll();
        } finally {
            lock.unlock();
        }
        idle.forEach(TokenConnection::close);
    }
}
