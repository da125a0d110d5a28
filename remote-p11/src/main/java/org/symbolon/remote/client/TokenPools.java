package org.symbolon.remote.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.ObjectId;
import org.symbolon.Pin;
import org.symbolon.TokenException;

/**
 * The pools of a module: one for each token and login, shared by the sessions that logged in alike, and gone with the last of
 * them. Thread-safe.
 */
final class TokenPools implements AutoCloseable {
    private final RemoteModule module;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Shared> pools = new HashMap<>();

    TokenPools(RemoteModule module) {
        this.module = module;
    }

    private record Key(TokenName token, Bytes login, boolean readOnly) {}

    /** A pool and how many sessions use it. */
    private static final class Shared {
        private final ConnectionPool pool;
        private int users = 1;

        Shared(ConnectionPool pool) {
            this.pool = pool;
        }
    }

    /** Logs in, and returns the pool of that login; it is to be given back by {@link #leave}. */
    ConnectionPool enter(TokenName token, Credential credential, boolean readOnly, Deadline deadline)
            throws TokenException {
        Key key = new Key(token, credential.fingerprint(), readOnly);
        ConnectionPool pool = join(key, credential);
        boolean done = false;
        try {
            if (pool.credential().logsIn()) {
                pool.credential().giveAnotherChance();
                pool.openAnother(deadline);
            } else {
                pool.call(deadline, ConnectionPool.Repeat.ALWAYS, connection -> connection);
            }
            done = true;
            return pool;
        } finally {
            if (!done) {
                leave(pool);
            }
        }
    }

    private ConnectionPool join(Key key, Credential credential) {
        lock.lock();
        try {
            Shared shared = pools.get(key);
            if (shared != null) {
                shared.users++;
                credential.close();
                return shared.pool;
            }
            ConnectionPool pool = newPool(key.token(), sameLogin(key, credential), key.readOnly());
            pools.put(key, new Shared(pool));
            return pool;
        } finally {
            lock.unlock();
        }
    }

    /** Returns what a pool of the same login has, so that both know of a refusal or another PIN; else what was given. */
    private Credential sameLogin(Key key, Credential credential) {
        Shared other = pools.get(new Key(key.token(), key.login(), !key.readOnly()));
        if (other == null) {
            return credential;
        }
        credential.close();
        return other.pool.credential().copy();
    }

    private ConnectionPool newPool(TokenName token, Credential credential, boolean readOnly) {
        return new ConnectionPool(opener(token, credential, readOnly), true, module.maxConnections());
    }

    /** Makes a pool of one connection, on which session objects are to live; it belongs to its caller alone. */
    ConnectionPool newHome(TokenName token, Credential credential, boolean readOnly) {
        return new ConnectionPool(opener(token, credential, readOnly), false, 1);
    }

    private ConnectionOpener opener(TokenName token, Credential credential, boolean readOnly) {
        return new ConnectionOpener(module.connector(), token, credential, readOnly, module::newConnectionId);
    }

    void leave(ConnectionPool pool) {
        boolean last = false;
        lock.lock();
        try {
            for (Map.Entry<Key, Shared> entry : List.copyOf(pools.entrySet())) {
                if (entry.getValue().pool.equals(pool)) {
                    entry.getValue().users--;
                    last = entry.getValue().users == 0;
                    if (last) {
                        pools.remove(entry.getKey());
                    }
                }
            }
        } finally {
            lock.unlock();
        }
        if (last) {
            pool.close();
        }
    }

    /** Lets the sessions of a login go on with another PIN. */
    void changePin(ConnectionPool pool, Pin newPin) throws TokenException {
        pool.credential().replace(newPin);
        Bytes login = pool.credential().fingerprint();
        lock.lock();
        try {
            for (Map.Entry<Key, Shared> entry : List.copyOf(pools.entrySet())) {
                if (entry.getValue().pool.credential().isCopyOf(pool.credential())) {
                    pools.remove(entry.getKey());
                    pools.put(
                            new Key(
                                    entry.getKey().token(),
                                    login,
                                    entry.getKey().readOnly()),
                            entry.getValue());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    boolean hasSessions(TokenName token) {
        return !of(token).isEmpty();
    }

    /** Forgets what handles an object has. */
    void forget(TokenName token, ObjectId object) {
        of(token).forEach(pool -> pool.forget(object));
    }

    private List<ConnectionPool> of(TokenName token) {
        lock.lock();
        try {
            return pools.entrySet().stream()
                    .filter(entry -> entry.getKey().token().equals(token))
                    .map(entry -> entry.getValue().pool)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** The pools there are. */
    List<ConnectionPool> all() {
        lock.lock();
        try {
            return pools.values().stream().map(shared -> shared.pool).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<Shared> all;
        lock.lock();
        try {
            all = List.copyOf(pools.values());
            pools.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(shared -> shared.pool.close());
    }
}
