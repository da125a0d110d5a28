package org.symbolon.jca;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Login;
import org.symbolon.Session;
import org.symbolon.TokenInfo;
import org.symbolon.key.TokenKey;

/**
 * A provider's way to its token: opened at first use, logged in to and out of by count, so that one caller's logout does
 * not take the login from another. Thread-safe; the lock is never held while the token is asked.
 */
final class TokenLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenLink.class);

    private final TokenSource source;
    private final ReentrantLock lock = new ReentrantLock();
    private TokenSource.@Nullable Opened opened;
    private @Nullable Session user;
    private int users;
    private boolean closed;

    TokenLink(TokenSource source) {
        this.source = source;
        if (source instanceof TokenSource.Given given) {
            opened = given.open();
        }
    }

    /**
     * Returns the session by which the provider acts now: the logged in one if there is one.
     *
     * @throws GeneralSecurityException if the token cannot be opened
     */
    Session session() throws GeneralSecurityException {
        Session current = current();
        if (current != null) {
            return current;
        }
        TokenSource.Opened fresh = source.open();
        TokenSource.Opened surplus = install(fresh);
        if (surplus != null) {
            surplus.closing().run();
        }
        LOG.debug("Opened token \"{}\"", fresh.session().info().token().label());
        Session now = current();
        if (now == null) {
            throw closedFailure();
        }
        return now;
    }

    private TokenSource.@Nullable Opened install(TokenSource.Opened fresh) {
        lock.lock();
        try {
            if (closed || opened != null) {
                return fresh;
            }
            opened = fresh;
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the session by which the provider acts now, or null if it has not met its token yet. Does not block. */
    @Nullable Session current() {
        lock.lock();
        try {
            if (closed) {
                throw closedFailure();
            }
            return user != null ? user : opened == null ? null : opened.session();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the files and folders that the token's configuration completes chains with, once the token was opened. */
    List<Path> certificates() {
        lock.lock();
        try {
            return opened == null ? List.of() : opened.certificates();
        } finally {
            lock.unlock();
        }
    }

    private static IllegalStateException closedFailure() {
        return new IllegalStateException("this provider was closed");
    }

    /** Returns whether a key lives in this provider's token; of a provider without a token of its own, any does. */
    boolean isHome(TokenKey key) {
        if (source instanceof TokenSource.Only) {
            return true;
        }
        Session current;
        lock.lock();
        try {
            current = opened == null ? null : opened.session();
        } finally {
            lock.unlock();
        }
        return current != null
                && isSame(current.info().token(), key.session().info().token());
    }

    private static boolean isSame(TokenInfo one, TokenInfo other) {
        return one.serialNumber().equals(other.serialNumber())
                && one.label().equals(other.label())
                && one.manufacturer().equals(other.manufacturer())
                && one.model().equals(other.model());
    }

    /** Returns whether the provider's session can see private objects. Opens the token. */
    boolean isLoggedIn() throws GeneralSecurityException {
        return TokenSource.isLoggedIn(session());
    }

    /**
     * Counts one user more, and logs in if nobody has. A login that is there already is not taken on trust: what is given
     * is tried on the token.
     */
    void login(Login login) throws GeneralSecurityException {
        Session session = session();
        if (TokenSource.isLoggedIn(session)) {
            session.token().open(login).close();
            share();
            return;
        }
        Session fresh = session.login(login);
        if (!installUser(fresh)) {
            fresh.close();
        }
    }

    /** Counts one user more of the login that is there. */
    void share() {
        lock.lock();
        try {
            users++;
        } finally {
            lock.unlock();
        }
    }

    private boolean installUser(Session fresh) {
        lock.lock();
        try {
            users++;
            if (user == null && !closed) {
                user = fresh;
                return true;
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Counts one user less, and logs out with the last. A login that came with the session or configuration stays. */
    void logout() {
        Session last = null;
        lock.lock();
        try {
            users = Math.max(0, users - 1);
            if (users == 0) {
                last = user;
                user = null;
            }
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.close();
        }
    }

    /** Closes what was opened here; a session that the program gave stays open. Idempotent. */
    @Override
    public void close() {
        TokenSource.Opened wasOpened;
        Session wasUser;
        lock.lock();
        try {
            closed = true;
            wasOpened = opened;
            wasUser = user;
            opened = null;
            user = null;
        } finally {
            lock.unlock();
        }
        if (wasUser != null) {
            wasUser.close();
        }
        if (wasOpened != null) {
            wasOpened.closing().run();
        }
    }
}
