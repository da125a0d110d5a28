package org.symbolon.tests.live;

import java.util.concurrent.atomic.AtomicInteger;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenUnavailableException;

/** What goes wrong with a token, as a test wants it. Thread-safe. */
final class Faults {
    final AtomicInteger modulesOpen = new AtomicInteger();
    final AtomicInteger sessionsOpen = new AtomicInteger();
    final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger sessionAge = new AtomicInteger();
    private final AtomicInteger connectionAge = new AtomicInteger();
    private volatile boolean down;
    private volatile boolean answersLost;

    /** When something was made. */
    record Birth(int connection, int session) {}

    /** Makes every session that there is now invalid, as a server does that was restarted behind its connection. */
    void killSessions() {
        sessionAge.incrementAndGet();
    }

    /** Makes every connection that there is now useless. */
    void unplug() {
        connectionAge.incrementAndGet();
    }

    /** Whether the server answers nobody. */
    void down(boolean isDown) {
        down = isDown;
        unplug();
    }

    /** Whether the connection breaks after the token has done what it was asked, before it says so. */
    void loseAnswers(boolean loses) {
        answersLost = loses;
    }

    Birth born() throws TokenException {
        requireUp();
        return new Birth(connectionAge.get(), sessionAge.get());
    }

    private void requireUp() throws TokenException {
        if (down) {
            throw removed("nobody answers");
        }
    }

    void checkConnection(Birth born) throws TokenException {
        requireUp();
        if (born.connection() != connectionAge.get()) {
            throw removed("the connection was closed");
        }
    }

    void checkSession(Birth born) throws TokenException {
        checkConnection(born);
        if (born.session() != sessionAge.get()) {
            throw new TokenOperationException(Status.ckr("CKR_SESSION_HANDLE_INVALID"), "no such session");
        }
    }

    void afterwards() throws TokenException {
        if (answersLost) {
            unplug();
            throw removed("the connection was closed before the answer");
        }
    }

    private static TokenException removed(String detail) {
        return new TokenUnavailableException(Status.ckr("CKR_DEVICE_REMOVED"), detail);
    }
}
