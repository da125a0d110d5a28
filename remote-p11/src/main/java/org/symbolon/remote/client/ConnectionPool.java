package org.symbolon.remote.client;

import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.ObjectId;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;
import org.symbolon.TokenUnavailableException;

/**
 * The connections of one login to one token, each lent to one call at a time. Heals: a connection that ended, whose login is
 * gone, or whose server answers nothing while another does, is replaced, and the call is made again where that cannot do
 * anything twice. Thread-safe; no lock is held while anybody waits for a peer.
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

    private final ConnectionOpener opener;
    private final ConnectionShelf shelf;
    private final boolean moves;
    private final Absences absences;

    /**
     * Makes a pool.
     *
     * @param moves whether any connection is as good as any other; false where session objects live on one
     * @param max how many connections there are at most
     */
    ConnectionPool(ConnectionOpener opener, boolean moves, int max) {
        this.opener = opener;
        this.moves = moves;
        this.shelf = new ConnectionShelf(opener, moves, max);
        this.absences = new Absences(opener.connector().refresh());
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
        return opener.credential();
    }

    /** Does some work on whichever connection is free first. */
    <R> R call(Deadline deadline, Repeat repeat, Work<R> work) throws TokenException {
        return call(deadline, repeat, List.of(), work);
    }

    /**
     * Does some work on whichever connection is free first.
     *
     * @param named the objects that it names. Modules may remember what a token held, and not see what other connections have
     *     made since: where one is not found, a new connection is asked
     */
    <R> R call(Deadline deadline, Repeat repeat, List<ObjectId> named, Work<R> work) throws TokenException {
        for (int attempt = 1; ; attempt++) {
            TokenConnection connection = shelf.lend(deadline);
            boolean begun = false;
            try {
                connection.mayMove(moves);
                if (repeat == Repeat.ALWAYS || connection.isAlive(deadline)) {
                    begun = repeat != Repeat.ALWAYS;
                    connection.mayMove(moves && !begun);
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
                shelf.retireIdle(connection.health());
                if (begun || attempt == MAX_ATTEMPTS) {
                    throw e.toTokenException();
                }
            } catch (ObjectNotFoundException e) {
                if (!moves || named.isEmpty() || !absences.knowsNothingOf(named)) {
                    throw e;
                }
                LOG.debug("A new connection is asked: {}", e.getMessage());
                return callOnNew(connection, deadline, named, work);
            } catch (TokenUnavailableException | TokenPermissionException e) {
                if (attempt == MAX_ATTEMPTS || !isWorthAnother(connection, repeat, attempt, e, deadline)) {
                    throw e;
                }
                connection.close();
            } finally {
                shelf.release(connection);
            }
        }
    }

    private <R> R callOnNew(TokenConnection old, Deadline deadline, List<ObjectId> named, Work<R> work)
            throws TokenException {
        TokenConnection fresh = shelf.lendInsteadOf(old, deadline);
        try {
            fresh.mayMove(false);
            return work.on(fresh);
        } catch (ObjectNotFoundException e) {
            absences.add(named);
            throw e;
        } catch (ConnectionLostException e) {
            throw e.toTokenException();
        } finally {
            shelf.release(fresh);
        }
    }

    /** Tells a connection that has gone wrong from a call that has. */
    private boolean isWorthAnother(
            TokenConnection connection, Repeat repeat, int attempt, TokenException e, Deadline deadline)
            throws TokenException {
        String status = e.status().name();
        if (status.equals("CKR_USER_NOT_LOGGED_IN") && credential().logsIn()) {
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
        shelf.lend(connection, deadline);
        try {
            connection.mayMove(false);
            return work.on(connection);
        } catch (ConnectionLostException e) {
            throw e.toTokenException();
        } finally {
            shelf.release(connection);
        }
    }

    /** Lets go of something that was bound to a connection. */
    void unbind(TokenConnection connection) {
        connection.unbind();
        shelf.settle(connection);
    }

    /** Logs in anew, on a connection that is added to the pool: shows that the credential is right. */
    void openAnother(Deadline deadline) throws TokenException {
        shelf.openAnother(deadline);
    }

    /** Whether a connection is still there, by its id. */
    boolean has(String connectionId) {
        return shelf.has(connectionId);
    }

    /** Forgets the handles of an object, and that it was not there. */
    void forget(ObjectId object) {
        absences.forget(object);
        shelf.forget(object);
    }

    /** How many connections there are. */
    int size() {
        return shelf.size();
    }

    /** How many connections are lent. */
    int lent() {
        return shelf.lent();
    }

    boolean isClosed() {
        return shelf.isClosed();
    }

    @Override
    public void close() {
        shelf.close();
        credential().close();
    }
}
