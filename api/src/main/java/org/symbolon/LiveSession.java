package org.symbolon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;
import org.symbolon.spi.SessionSpi;

/** A session over whichever session of the token there is at the time. Thread-safe; no lock is held while one opens. */
final class LiveSession implements SessionSpi {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);

    /** How often the fresh session of one call may be lost too: several threads that repair may hand on one that just was. */
    private static final int MAX_LOST_AGAIN = 8;

    /** How often a session may turn out replaced by other callers before one call gives up. */
    private static final int MAX_REPLACED = 8;

    private final LiveConnection connection;
    private final @Nullable LiveSession parent;
    private final LiveLogin login;
    private final boolean readOnly;
    private final SingleFlight<Bound> opening = new SingleFlight<>("the session to be opened again");
    private final AtomicReference<@Nullable Bound> bound = new AtomicReference<>();
    private volatile SessionInfo info;
    private volatile boolean closed;

    /** A session below, and the opening of the token that it belongs to. */
    private record Bound(LiveConnection.Opened opened, Session session) {
        boolean isUsable() {
            return !opened.isLost();
        }
    }

    private LiveSession(
            LiveConnection connection, @Nullable LiveSession parent, LiveLogin login, boolean readOnly, Bound first) {
        this.connection = connection;
        this.parent = parent;
        this.login = login;
        this.readOnly = readOnly;
        this.info = first.session().info();
        bound.set(first);
    }

    /**
     * Opens a session.
     *
     * @param parent the session whose session objects it shares, or null
     * @param login belongs to the session, which closes it
     */
    static LiveSession open(
            LiveConnection connection,
            @Nullable LiveSession parent,
            LiveLogin login,
            boolean readOnly,
            CallOptions options)
            throws TokenException {
        connection.opened(login);
        LiveSession session = null;
        try {
            Bound first = openBelow(connection, parent, login, readOnly, options);
            session = new LiveSession(connection, parent, login, readOnly, first);
            return session;
        } finally {
            if (session == null) {
                connection.ended(login);
            }
        }
    }

    /** Opens the session below, on a token that is opened again if it turns out to be lost. */
    private static Bound openBelow(
            LiveConnection connection,
            @Nullable LiveSession parent,
            LiveLogin login,
            boolean readOnly,
            CallOptions options)
            throws TokenException {
        LiveConnection.Opened opened = connection.opened(options.deadline());
        try {
            return openOn(opened, connection, parent, login, readOnly, options);
        } catch (TokenException e) {
            if (Breakage.of(e) != Breakage.CONNECTION) {
                throw e;
            }
            connection.lost(opened);
            return openOn(connection.opened(options.deadline()), connection, parent, login, readOnly, options);
        }
    }

    private static Bound openOn(
            LiveConnection.Opened opened,
            LiveConnection connection,
            @Nullable LiveSession parent,
            LiveLogin login,
            boolean readOnly,
            CallOptions options)
            throws TokenException {
        Session above =
                parent == null || parent.closed ? null : parent.now(options).session();
        Session session = login.use(connection.refusedPins(), options.deadline(), now -> {
            Session fresh = above != null
                    ? above.login(now)
                    : readOnly
                            ? opened.token().openReadOnly(now)
                            : opened.token().open(now);
            connection.accepted(now);
            return fresh;
        });
        return new Bound(opened, session);
    }

    @Override
    public SessionInfo info() {
        return info;
    }

    private Bound now(CallOptions options) throws TokenException {
        Bound now = bound.get();
        return now != null && now.isUsable() ? now : opening.run(() -> openAgain(options), options.deadline());
    }

    private Bound openAgain(CallOptions options) throws TokenException {
        Bound before = bound.get();
        if (before != null && before.isUsable()) {
            return before;
        }
        requireOpen();
        Bound fresh = openBelow(connection, parent, login, readOnly, options);
        bound.set(fresh);
        info = fresh.session().info();
        if (closed) {
            fresh.session().close();
        }
        requireOpen();
        return fresh;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the session was closed");
        }
    }

    /** Takes a broken session out of use. */
    private void drop(Bound broken, Breakage breakage) {
        if (breakage == Breakage.CONNECTION) {
            connection.lost(broken.opened());
        } else if (bound.compareAndSet(broken, null)) {
            LiveConnection.closeLater(broken.session()::close);
        }
    }

    // ---- what is asked

    /** What is asked of the session below. */
    @FunctionalInterface
    private interface Question<R> {
        R to(Session session) throws TokenException;
    }

    private <R> R ask(Question<R> question, boolean changesObjects, CallOptions options) throws TokenException {
        Bound used = now(options);
        TokenException failure;
        Breakage breakage;
        try {
            return question.to(used.session());
        } catch (TokenException e) {
            failure = e;
            breakage = Breakage.of(e);
        } catch (IllegalStateException e) {
            if (closed || !used.session().isClosed()) {
                throw e;
            }
            failure = new TokenUnavailableException(
                    Status.ckr("CKR_SESSION_CLOSED"), "the session was replaced by another call", e);
            breakage = Breakage.SESSION;
        }
        if (breakage == Breakage.NONE) {
            throw failure;
        }
        drop(used, breakage);
        if (breakage == Breakage.CONNECTION && changesObjects) {
            throw failure;
        }
        return repeated(question, failure, changesObjects ? 0 : MAX_LOST_AGAIN, MAX_REPLACED, options);
    }

    /**
     * Asks again on a fresh session.
     *
     * @param losses how often it may be asked yet again because that one was lost too
     * @param replacements how often because another call replaced that one
     */
    private <R> R repeated(
            Question<R> question, TokenException first, int losses, int replacements, CallOptions options)
            throws TokenException {
        Bound fresh = null;
        try {
            fresh = now(options);
            return question.to(fresh.session());
        } catch (TokenException e) {
            Breakage breakage = Breakage.of(e);
            if (fresh != null && breakage != Breakage.NONE) {
                drop(fresh, breakage);
                if (losses > 0) {
                    LOG.debug("The session was lost once more", e);
                    return repeated(question, first, losses - 1, replacements, options);
                }
            }
            if (!e.equals(first)) {
                e.addSuppressed(first);
            }
            throw e;
        } catch (IllegalStateException e) {
            if (closed || fresh == null || !fresh.session().isClosed() || replacements == 0) {
                throw e;
            }
            LOG.debug("The session was replaced once more", e);
            drop(fresh, Breakage.SESSION);
            return repeated(question, first, losses, replacements - 1, options);
        }
    }

    @Override
    public <R> R perform(Request<R> request, CallOptions options) throws TokenException {
        Request<R> current = connection.sameKeys().renamed(request);
        try {
            return ask(
                    session -> session.relay(spi -> spi.perform(current, options)), request.changesObjects(), options);
        } catch (ObjectNotFoundException e) {
            Optional<Request<R>> again = connection.sameKeys().findAgain(request, query -> perform(query, options));
            if (again.isEmpty()) {
                throw e;
            }
            return ask(
                    session -> session.relay(spi -> spi.perform(again.get(), options)),
                    request.changesObjects(),
                    options);
        }
    }

    /** Asks everything in one flight, and what the session was lost for each by itself. */
    @Override
    public List<Outcome<?>> performAll(List<? extends Request<?>> requests, CallOptions options) {
        Bound used;
        List<Outcome<?>> answers;
        try {
            used = now(options);
            answers = together(used, requests, options);
        } catch (TokenException e) {
            return requests.stream()
                    .<Outcome<?>>map(request -> Outcome.failure(e))
                    .toList();
        }
        return repaired(used, requests, answers, options);
    }

    private List<Outcome<?>> together(Bound used, List<? extends Request<?>> requests, CallOptions options)
            throws TokenException {
        try {
            return used.session().relay(spi -> spi.performAll(requests, options));
        } catch (IllegalStateException e) {
            if (closed || !used.session().isClosed()) {
                throw e;
            }
            LOG.debug("The session was replaced by another call", e);
            return requests.stream()
                    .<Outcome<?>>map(request -> performed(request, options))
                    .toList();
        }
    }

    private List<Outcome<?>> repaired(
            Bound used, List<? extends Request<?>> requests, List<Outcome<?>> answers, CallOptions options) {
        List<Outcome<?>> outcomes = new ArrayList<>(answers);
        for (int i = 0; i < outcomes.size(); i++) {
            TokenException failure = outcomes.get(i).failure();
            if (failure != null && isWorthRepeating(failure, requests.get(i))) {
                Breakage breakage = Breakage.of(failure);
                if (breakage != Breakage.NONE) {
                    drop(used, breakage);
                }
                outcomes.set(i, performed(requests.get(i), options));
            }
        }
        return outcomes;
    }

    private static boolean isWorthRepeating(TokenException failure, Request<?> request) {
        return switch (Breakage.of(failure)) {
            case SESSION -> true;
            case CONNECTION -> !request.changesObjects();
            case NONE -> failure instanceof ObjectNotFoundException;
        };
    }

    private Outcome<?> performed(Request<?> request, CallOptions options) {
        try {
            return Outcome.success(perform(request, options));
        } catch (TokenException e) {
            return Outcome.failure(e);
        }
    }

    @Override
    public Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
        return ask(session -> session.relay(spi -> spi.start(request, options)), false, options);
    }

    @Override
    public SessionSpi login(Login newLogin, CallOptions options) throws TokenException {
        requireOpen();
        return open(connection, this, LiveLogin.keeping(newLogin), readOnly, options);
    }

    @Override
    public void close() {
        closed = true;
        Bound last = bound.getAndSet(null);
        if (last != null) {
            last.session().close();
        }
        connection.ended(login);
    }
}
