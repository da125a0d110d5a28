package org.symbolon.kmip.token;

import org.jspecify.annotations.Nullable;
import org.symbolon.Role;
import org.symbolon.Session;
import org.symbolon.TokenException;

/** The session objects of the sessions that derive from one {@code open}: they live in memory and die with the last of those. Thread-safe. */
final class SessionScope {
    private final MemoryToken memory;
    private @Nullable Session anyone;
    private @Nullable Session user;
    private int sessions;

    SessionScope(MemoryToken memory) {
        this.memory = memory;
    }

    synchronized void enter() {
        sessions++;
    }

    synchronized void leave() {
        sessions--;
        if (sessions == 0) {
            if (user != null) {
                user.close();
            }
            if (anyone != null) {
                anyone.close();
            }
        }
    }

    /** Returns whether there may be session objects. */
    synchronized boolean isUsed() {
        return anyone != null;
    }

    /** Returns the session in memory that a role has. */
    synchronized Session session(Role role) throws TokenException {
        if (anyone == null) {
            anyone = memory.open();
        }
        if (role != Role.USER) {
            return anyone;
        }
        if (user == null) {
            user = memory.logIn(anyone);
        }
        return user;
    }
}
