package org.symbolon;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.SessionSpi;
import org.symbolon.spi.TokenSpi;

/**
 * The token below a live token, opened again when its connection was lost. Thread-safe; no lock is held while it opens.
 *
 * <p>Whoever remembers something of the token is told after each opening that anything may have changed meanwhile.
 */
final class LiveConnection implements TokenSpi {
    private static final Logger LOG = LoggerFactory.getLogger(LiveConnection.class);

    private static final String REOPENING = "the token to be opened again";
    private static final long FIRST_PAUSE_MILLIS = 25;
    private static final long LONGEST_PAUSE_MILLIS = 400;

    private final SessionSource source;
    private final SingleFlight<Opened> opening = new SingleFlight<>(REOPENING);
    private final Pause pause = new Pause(FIRST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS, System::nanoTime);
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Set<LiveLogin> logins = ConcurrentHashMap.newKeySet();
    private final SameKeys sameKeys = new SameKeys();
    private final RefusedPins refusedPins = new RefusedPins();
    private volatile Opened current;
    private volatile boolean closed;

    /** One opening of the token. */
    static final class Opened {
        private final Token token;
        private volatile boolean lost;

        Opened(Token token) {
            this.token = token;
        }

        Token token() {
            return token;
        }

        boolean isLost() {
            return lost;
        }
    }

    LiveConnection(SessionSource source, Token first) {
        this.source = source;
        this.current = new Opened(first);
    }

    /** Returns the opening of now, or the last one that there was. Does not block. */
    Opened current() {
        return current;
    }

    /** Returns the opening of now; opens the token again if that is lost, and not at once if that has just failed. */
    Opened opened(Deadline deadline) throws TokenException {
        Opened now = current;
        if (!now.isLost()) {
            return now;
        }
        pause.await(deadline, REOPENING);
        return opening.run(this::openAgain, deadline);
    }

    private Opened openAgain() throws TokenException {
        Opened before = current;
        if (!before.isLost()) {
            return before;
        }
        requireOpen();
        Optional<TokenException> justNow = pause.failure();
        if (justNow.isPresent()) {
            throw justNow.get();
        }
        Opened fresh = new Opened(open(source));
        boolean kept = false;
        try {
            for (Listener listener : listeners) {
                listener.move(fresh.token());
            }
            current = fresh;
            kept = true;
        } finally {
            if (!kept || closed) {
                closeLater(fresh.token().module()::close);
            }
        }
        requireOpen();
        LOG.warn(
                "Token \"{}\" was opened again, its connection was lost",
                fresh.token().slotInfo().description());
        listeners.forEach(listener -> listener.tell(Change.any()));
        return fresh;
    }

    private Token open(SessionSource from) throws TokenException {
        try {
            Token token = from.openToken();
            pause.worked();
            return token;
        } catch (TokenException e) {
            pause.failed(e);
            throw e;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the live token was closed");
        }
    }

    /** Marks an opening as lost, so that the next call opens the token again. */
    void lost(Opened broken) {
        if (!broken.lost) {
            broken.lost = true;
            closeLater(broken.token().module()::close);
        }
    }

    /** Closes something whose calls may take their time to end, without making the caller wait. */
    static void closeLater(Runnable closing) {
        Thread closer = new Thread(closing, "symbolon-closing");
        closer.setDaemon(true);
        closer.start();
    }

    SameKeys sameKeys() {
        return sameKeys;
    }

    RefusedPins refusedPins() {
        return refusedPins;
    }

    // ---- the token

    /** A question to the token. */
    @FunctionalInterface
    private interface Question<R> {
        R to(Token token) throws TokenException;
    }

    private <R> R asked(Question<R> question, CallOptions options) throws TokenException {
        Opened used = opened(options.deadline());
        try {
            return question.to(used.token());
        } catch (TokenException e) {
            if (Breakage.of(e) != Breakage.CONNECTION) {
                throw e;
            }
            lost(used);
        } catch (IllegalStateException e) {
            if (closed || !used.isLost()) {
                throw e;
            }
        }
        return question.to(opened(options.deadline()).token());
    }

    @Override
    public TokenInfo info(CallOptions options) throws TokenException {
        return asked(Token::info, options);
    }

    @Override
    public Map<MechanismType, MechanismInfo> mechanisms(CallOptions options) throws TokenException {
        return asked(Token::mechanisms, options);
    }

    @Override
    public Duration changeDelay() {
        return current.token().changeDelay();
    }

    // ---- sessions

    @Override
    public SessionSpi open(Login login, boolean readOnly, CallOptions options) throws TokenException {
        return open(LiveLogin.keeping(login), readOnly, options);
    }

    /** Opens a live session by a login that belongs to it from now on. */
    SessionSpi open(LiveLogin login, boolean readOnly, CallOptions options) throws TokenException {
        return LiveSession.open(this, null, login, readOnly, options);
    }

    void opened(LiveLogin login) {
        logins.add(login);
    }

    void ended(LiveLogin login) {
        logins.remove(login);
        login.close();
    }

    /** Lets sessions whose PIN was refused know of one that the token has accepted. */
    void accepted(Login login) {
        logins.forEach(other -> other.renew(login, refusedPins));
    }

    // ---- changes

    /** Somebody who listens, on whichever opening there is. */
    private final class Listener implements ChangeSubscription {
        private final ChangeListener told;
        private ChangeSubscription place;

        Listener(ChangeListener told, ChangeSubscription place) {
            this.told = told;
            this.place = place;
        }

        synchronized void move(Token fresh) throws TokenException {
            place = fresh.changes(told);
        }

        void tell(Change change) {
            told.changed(change);
        }

        @Override
        public synchronized void close() {
            listeners.remove(this);
            place.close();
        }
    }

    @Override
    public ChangeSubscription changes(ChangeListener listener) throws TokenException {
        Listener subscribed = new Listener(listener, current.token().changes(listener));
        listeners.add(subscribed);
        return subscribed;
    }

    /** Closes the module below. Idempotent. */
    void close() {
        closed = true;
        current.token().module().close();
        logins.forEach(LiveLogin::close);
        logins.clear();
        refusedPins.close();
    }
}
