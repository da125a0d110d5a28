package org.symbolon.ssh.mina;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Change;
import org.symbolon.ChangeSubscription;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.config.SshConfiguration;

/**
 * Ends MINA sessions whose keys may no longer log in: removed, revoked, expired, or allowed from elsewhere only.
 *
 * <p>Every session that logs in is looked up again when a {@link #follow followed} token changes, and at least once in a
 * period. A key that became more restricted keeps its session, with the new restrictions for what it asks for next. While the
 * store cannot tell, sessions go on; what a check throws for one session keeps no other from being looked at. Thread-safe; owns
 * one thread, and closes no session when it is closed itself.
 *
 * <pre>{@code
 * try (LiveLogins live = LiveLogins.every(Duration.ofMinutes(1)).follow(session)) {
 *     server.setPublickeyAuthenticator(
 *             TokenPublickeyAuthenticator.builder(users).endSessions(live).build());
 * }
 * }</pre>
 */
public final class LiveLogins implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveLogins.class);
    /** Changes come in crowds; so many that come together make one round. */
    private static final long GATHER_MILLIS = 200;

    private static final int BY_APPLICATION = 11;

    private final Set<Live> logins = ConcurrentHashMap.newKeySet();
    private final Set<Live> queued = ConcurrentHashMap.newKeySet();
    private final List<ChangeSubscription> feeds = new CopyOnWriteArrayList<>();
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final ScheduledExecutorService thread;
    private final Duration period;
    private volatile long lastChange = System.nanoTime();

    /** A session, and who decides about the keys of its kind. */
    private record Live(ServerSession session, SessionLogin login, TokenPublickeyAuthenticator authenticator) {}

    private LiveLogins(Duration period) {
        thread = new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    Thread made = new Thread(work, "symbolon-ssh-live-logins");
                    made.setDaemon(true);
                    return made;
                },
                new ThreadPoolExecutor.DiscardPolicy()); // a change may come while it is closed
        this.period = period;
        lookLater();
    }

    /**
     * Begins to look after sessions.
     *
     * @param period how often each is looked up again, whether a token told of a change or not; more than zero
     * @return the live logins, to be closed after the server
     * @throws IllegalArgumentException if the period is not more than zero
     */
    public static LiveLogins every(Duration period) {
        if (period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("The period is " + period + "; it must be more than zero");
        }
        return new LiveLogins(period);
    }

    /**
     * Begins to look after sessions if the configuration file's section {@code ssh} wants them ended: once in its period, and
     * when the token of the users' keys changes.
     *
     * @param session a session with the token that {@link SshConfiguration#users} names; it stays the caller's
     * @param configuration the section
     * @return the live logins, to be closed after the server; empty if sessions live on
     * @throws TokenException if the token cannot tell of changes
     */
    public static Optional<LiveLogins> of(Session session, SshConfiguration configuration) throws TokenException {
        Optional<Duration> period = configuration.logins().endSessions();
        return period.isPresent() ? Optional.of(every(period.get()).followed(session)) : Optional.empty();
    }

    private LiveLogins followed(Session session) throws TokenException {
        boolean follows = false;
        try {
            follow(session);
            follows = true;
            return this;
        } finally {
            if (!follows) {
                close();
            }
        }
    }

    /**
     * Looks again when a token's objects change, too: a removed key's sessions end within the delay of the token's change feed
     * and a moment.
     *
     * @param session a session with the token; it stays the caller's
     * @return this
     * @throws TokenException if the token cannot tell of changes
     */
    public LiveLogins follow(Session session) throws TokenException {
        feeds.add(session.token().changes(this::changed));
        return this;
    }

    /** Ends no session from now on. Idempotent. */
    @Override
    public void close() {
        feeds.forEach(ChangeSubscription::close);
        feeds.clear();
        thread.shutdownNow();
    }

    /** Looks after a session from its first key on, until it ends. */
    void add(ServerSession session, SessionLogin login, TokenPublickeyAuthenticator authenticator) {
        Live live = new Live(session, login, authenticator);
        if (logins.add(live)) {
            session.addCloseFutureListener(closed -> logins.remove(live));
        }
    }

    /** How many sessions it looks after. */
    int size() {
        return logins.size();
    }

    /** How long ago a token told of a change: what was asked before may be other now. */
    long nanosSinceChange() {
        return System.nanoTime() - lastChange;
    }

    private void changed(Change change) {
        if (change.kind() == Change.Kind.CREATED) {
            return;
        }
        lastChange = System.nanoTime();
        if (waiting.compareAndSet(false, true)) {
            Future<?> unused = thread.schedule(this::lookAgain, GATHER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void lookLater() {
        Future<?> unused =
                thread.schedule(this::lookAgainAndAgain, Math.max(1, period.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void lookAgainAndAgain() {
        try {
            lookAgain();
        } finally {
            lookLater();
        }
    }

    /** Makes a task of each session, so that what a check throws for one of them keeps no other from being looked at. */
    private void lookAgain() {
        waiting.set(false);
        for (Live live : logins) {
            if (queued.add(live)) {
                Future<?> unused = thread.submit(() -> lookAt(live));
            }
        }
    }

    private void lookAt(Live live) {
        queued.remove(live);
        boolean done = false;
        try {
            for (SessionLogin.Proof proof : live.login().proofs()) {
                lookAt(live, proof);
            }
            done = true;
        } finally {
            if (!done) {
                LOG.error("A live login could not be looked at, the next round will try again: {}", live.session());
            }
        }
    }

    private static void lookAt(Live live, SessionLogin.Proof proof) {
        OfferedUserKey offered = proof.offered();
        try {
            Optional<AcceptedUserKey> now = live.authenticator().decide(offered);
            Optional<String> reason = now.isPresent()
                    ? live.authenticator().objection(offered, now.get(), Instant.now())
                    : Optional.of("it may no longer log in");
            if (reason.isPresent()) {
                end(live, proof, reason.get());
            } else {
                live.login().replace(proof, now.get());
            }
        } catch (TokenException | IllegalStateException e) {
            LOG.warn("The session of {} goes on, the token cannot tell: {}", offered, e.getMessage());
        } catch (GeneralSecurityException e) {
            end(live, proof, Objects.requireNonNullElse(e.getMessage(), "it is refused"));
        }
    }

    private static void end(Live live, SessionLogin.Proof proof, String reason) {
        LOG.warn(
                "The session of {} is ended: {}: {}",
                proof.offered(),
                proof.accepted().name(),
                reason);
        try {
            live.session().disconnect(BY_APPLICATION, "The key of this login may no longer be used");
        } catch (IOException e) {
            LOG.debug("The client is gone", e);
            live.session().close(true);
        }
    }
}
