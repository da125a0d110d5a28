package org.symbolon.remote.client;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;

/**
 * What the sessions share that derive from one {@code open}: the connections on which their session objects live, one for each
 * role. A session sees the session objects of its own role and those that were made before anybody logged in. Thread-safe.
 */
final class SessionScope {
    private final RemoteToken token;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Role, ConnectionPool> pinned = new EnumMap<>(Role.class);
    private int sessions;

    SessionScope(RemoteToken token) {
        this.token = token;
    }

    void enter() {
        lock.lock();
        try {
            sessions++;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a session; with the last one its session objects go. */
    void leave() {
        List<ConnectionPool> unused = List.of();
        lock.lock();
        try {
            sessions--;
            if (sessions == 0) {
                unused = List.copyOf(pinned.values());
                pinned.clear();
            }
        } finally {
            lock.unlock();
        }
        unused.forEach(ConnectionPool::close);
    }

    /** Returns where session objects of a role live, if there are any. */
    Optional<ConnectionPool> find(Role role) {
        lock.lock();
        try {
            return Optional.ofNullable(pinned.get(role));
        } finally {
            lock.unlock();
        }
    }

    /** Returns where session objects of a role are to live: a connection of their own, logged in like another pool. */
    ConnectionPool forNewObjects(ConnectionPool like, boolean readOnly) {
        Role role = like.credential().role();
        lock.lock();
        try {
            return pinned.computeIfAbsent(
                    role,
                    unknown -> token.module()
                            .pools()
                            .newHome(token.name(), like.credential().copy(), readOnly));
        } finally {
            lock.unlock();
        }
    }

    /** Returns where some session objects live, all of them in one place. */
    ConnectionPool of(List<SessionObjectId> objects, Role role) throws TokenException {
        ConnectionPool found = null;
        for (SessionObjectId object : objects) {
            ConnectionPool pool = of(object, role);
            if (found != null && !found.equals(pool)) {
                throw new TokenOperationException(
                        Status.ckr("CKR_KEY_HANDLE_INVALID"),
                        "the session objects were made by different logins and live on different connections; "
                                + "make both with the same session");
            }
            found = pool;
        }
        if (found == null) {
            throw new AssertionError("no object was asked for");
        }
        return found;
    }

    private ConnectionPool of(SessionObjectId object, Role role) throws TokenException {
        for (Role visible : role == Role.PUBLIC ? List.of(Role.PUBLIC) : List.of(role, Role.PUBLIC)) {
            Optional<ConnectionPool> pool = find(visible);
            if (pool.isPresent() && pool.get().has(object.connection())) {
                return pool.get();
            }
        }
        throw lost();
    }

    static TokenException lost() {
        return new ObjectNotFoundException(
                Status.ckr("CKR_OBJECT_HANDLE_INVALID"),
                "it is a session object of another session, or was lost with the connection that it lived on; "
                        + "make it again, or make it a token object");
    }
}
