package org.symbolon.ssh;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Change;
import org.symbolon.ChangeSubscription;
import org.symbolon.Session;
import org.symbolon.Status;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.config.SshConfiguration;
import org.symbolon.serve.Monitored;
import org.symbolon.serve.PrometheusText;
import org.symbolon.serve.ServerHealth;

/**
 * Authorized keys remembered for a stated time: an index of the keys of each user who logs in, read once and asked in memory
 * afterwards.
 *
 * <p><b>Security guarantees.</b> An answer is never older than the age. What the token's change feed tells of counts at once: a
 * removed key is forgotten, and everything else is read anew before it is used. While the store cannot be reached, logins are
 * refused, or, if so configured, answered from what was read of it no longer ago than the outage time, and never longer; the log
 * says so when it begins and ends, and the metrics count it. What is not remembered is refused then.
 *
 * <p>Concurrent logins of one user share a read. Users without keys are remembered too, in a bounded place of their own; users
 * with more keys than are indexed are looked up key by key. Changes made through this object are known to it at once.
 * Thread-safe. {@link #close} ends the listening, not the store.
 */
public final class CachedAuthorizedKeys implements AuthorizedKeys, Monitored, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CachedAuthorizedKeys.class);

    /** So many keys of one user are indexed; who has more, of whom a store may list but a part, is looked up in the store. */
    private static final int MAX_INDEXED = 500;

    private static final int MAX_USER_CHARS = 255;

    /** A store that failed is asked again after this time, and one that takes as long counts as failing. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AuthorizedKeys store;
    private final long ageNanos;
    private final long outageNanos;
    private final LongSupplier clock;
    private final RememberedUsers users;
    private final ConcurrentMap<String, Read> reads = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong failedAt = new AtomicLong();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final LongAdder hits = new LongAdder();
    private final LongAdder storeReads = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder servedInOutage = new LongAdder();
    private final @Nullable ChangeSubscription feed;

    /** A read of a user that is under way. */
    private record Read(CompletableFuture<UserRead> result, long since) {}

    CachedAuthorizedKeys(AuthorizedKeys store, Token token, SshConfiguration.Cache cache, LongSupplier clock) {
        this.store = store;
        this.ageNanos = cache.age().toNanos();
        this.outageNanos = cache.outage().toNanos();
        this.clock = clock;
        this.users = new RememberedUsers(cache.keys());
        this.feed = ageNanos == 0 ? null : listen(token);
    }

    /**
     * Remembers the keys of a store.
     *
     * @param store the store; it stays the caller's
     * @param token the token in which the keys are, to whose changes to listen; one that tells of none is left to the age
     * @param cache for how long
     * @return the keys, to be closed
     */
    public static CachedAuthorizedKeys of(AuthorizedKeys store, Token token, SshConfiguration.Cache cache) {
        return new CachedAuthorizedKeys(store, token, cache, System::nanoTime);
    }

    /**
     * The authorized keys in a token as the configuration file's {@code ssh} section says, remembered for as long as it says;
     * if it says nothing of that, each question goes to the token.
     *
     * @param session the session with the token that {@link SshConfiguration#users} names; it stays the caller's
     * @param configuration the section
     * @return the keys, to be closed
     */
    public static CachedAuthorizedKeys of(Session session, SshConfiguration configuration) {
        return of(TokenAuthorizedKeys.of(session, configuration), session.token(), configuration.cache());
    }

    @Override
    public Optional<AuthorizedKey> find(String user, SshPublicKey offered) throws TokenException {
        if (!isRemembered(user)) {
            return store.find(user, offered);
        }
        UserRead read = read(user);
        return read.size() < MAX_INDEXED ? read.login(offered) : store.find(user, offered);
    }

    @Override
    public Optional<AuthorizedKey> findAuthority(String user, SshPublicKey signer) throws TokenException {
        if (!isRemembered(user)) {
            return store.findAuthority(user, signer);
        }
        UserRead read = read(user);
        return read.size() < MAX_INDEXED ? read.authority(signer) : store.findAuthority(user, signer);
    }

    @Override
    public Optional<AuthorizedKey> recall(String user, SshPublicKey offered) {
        if (!isRemembered(user)) {
            return Optional.empty();
        }
        Optional<UserRead> fresh = fresh(user);
        if (fresh.isPresent()) {
            hits.increment();
            return fresh.get().login(offered);
        }
        return inOutage(user).flatMap(read -> read.login(offered));
    }

    @Override
    public List<AuthorizedKey> list(String user) throws TokenException {
        return store.list(user);
    }

    @Override
    public <X extends Exception> void visit(String user, KeyVisitor<X> visitor) throws TokenException, X {
        store.visit(user, visitor);
    }

    @Override
    public AuthorizedKey add(String user, SshPublicKey key, AuthorizedKeyOptions options, String comment)
            throws TokenException {
        try {
            return store.add(user, key, options, comment);
        } finally {
            changed(user);
        }
    }

    @Override
    public boolean remove(String user, SshPublicKey key) throws TokenException {
        try {
            return store.remove(user, key);
        } finally {
            changed(user);
        }
    }

    @Override
    public void writeTo(PrometheusText text) {
        count(text, "symbolon_ssh_key_cache_hits_total", "Questions answered from memory.", hits);
        count(text, "symbolon_ssh_key_store_reads_total", "Reads of a user's keys.", storeReads);
        count(text, "symbolon_ssh_key_store_failures_total", "Reads of a user's keys that failed.", failures);
        count(
                text,
                "symbolon_ssh_key_outage_answers_total",
                "Questions answered from memory because the store could not be reached.",
                servedInOutage);
        text.family("symbolon_ssh_key_cache_keys", "gauge", "Keys in memory.");
        text.sample("symbolon_ssh_key_cache_keys", users.keys());
    }

    /** {@return that the store cannot be reached, if the last read of it failed; asks nothing} */
    @Override
    public ServerHealth health() {
        return new ServerHealth(
                failing.get() ? List.of("the store of the users' SSH keys cannot be reached") : List.of());
    }

    @Override
    public void close() {
        if (feed != null) {
            feed.close();
        }
    }

    private boolean isRemembered(String user) {
        return ageNanos > 0 && user.length() <= MAX_USER_CHARS;
    }

    private UserRead read(String user) throws TokenException {
        Optional<UserRead> fresh = fresh(user);
        if (fresh.isPresent()) {
            hits.increment();
            return fresh.get();
        }
        Optional<UserRead> kept = inOutage(user);
        if (kept.isPresent()) {
            return kept.get();
        }
        try {
            return readTogether(user);
        } catch (TokenException e) {
            failed(e);
            return inOutage(user).orElseThrow(() -> e);
        }
    }

    private Optional<UserRead> fresh(String user) {
        return users.get(user)
                .filter(read -> read.isUpToDate(changes.get()) && read.isYoungerThan(ageNanos, clock.getAsLong()));
    }

    /** What may be served because the store failed a moment ago, or does not answer. */
    private Optional<UserRead> inOutage(String user) {
        if (outageNanos == 0 || !isDown()) {
            return Optional.empty();
        }
        Optional<UserRead> kept = users.get(user).filter(read -> read.isYoungerThan(outageNanos, clock.getAsLong()));
        if (kept.isPresent()) {
            servedInOutage.increment();
        }
        return kept;
    }

    private boolean isDown() {
        long now = clock.getAsLong();
        return (failing.get() && now - failedAt.get() < PATIENCE_NANOS)
                || reads.values().stream().anyMatch(read -> now - read.since() > PATIENCE_NANOS);
    }

    /** Reads a user's keys, or waits for whoever reads them already. */
    private UserRead readTogether(String user) throws TokenException {
        Read own = new Read(new CompletableFuture<>(), clock.getAsLong());
        Read others = reads.putIfAbsent(user, own);
        if (others != null) {
            return await(others);
        }
        try {
            long heard = changes.get();
            storeReads.increment();
            UserRead read = new UserRead(store.list(user), own.since(), heard);
            answered();
            users.put(user, read, () -> read.isUpToDate(changes.get()));
            own.result().complete(read);
            return read;
        } catch (TokenException e) {
            own.result().completeExceptionally(e);
            throw e;
        } finally {
            reads.remove(user, own);
            own.result().cancel(false); // wakes those who wait when the read ended by an unchecked exception
        }
    }

    private static UserRead await(Read others) throws TokenException {
        try {
            return others.result().handle(Shared::new).get().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TokenUnavailableException(
                    Status.ckr("CKR_FUNCTION_CANCELED"), "interrupted while another thread reads the user's keys", e);
        } catch (ExecutionException e) {
            throw new AssertionError("the outcome is handed on, not thrown", e);
        }
    }

    /** How another thread's read ended. */
    private record Shared(@Nullable UserRead read, @Nullable Throwable failure) {
        UserRead get() throws TokenException {
            if (read != null) {
                return read;
            }
            if (failure instanceof TokenException known) {
                throw known;
            }
            throw new TokenUnavailableException(
                    Status.ckr("CKR_DEVICE_ERROR"), "another thread failed at reading the user's keys", failure);
        }
    }

    private void failed(TokenException failure) {
        failures.increment();
        failedAt.set(clock.getAsLong());
        if (!failing.getAndSet(true)) {
            LOG.warn(
                    "The users' SSH keys cannot be read, {}: {}",
                    outageNanos == 0
                            ? "logins by key are refused"
                            : "logins by keys that were read in the last " + Duration.ofNanos(outageNanos)
                                    + " are served from memory, others refused",
                    failure.getMessage());
        }
    }

    private void answered() {
        if (failing.getAndSet(false)) {
            LOG.warn(
                    "The users' SSH keys can be read again; {} questions were answered from memory since the start",
                    servedInOutage.sum());
        }
    }

    private void changed(String user) {
        changes.incrementAndGet();
        users.remove(user);
    }

    private @Nullable ChangeSubscription listen(Token token) {
        try {
            return token.changes(this::heard);
        } catch (TokenException e) {
            LOG.debug("The token tells of no changes, so that what is remembered is at most {} ns old", ageNanos, e);
            return null;
        }
    }

    private void heard(Change change) {
        changes.incrementAndGet();
        if (change.kind() == Change.Kind.DESTROYED) {
            change.object().ifPresent(users::removeWith);
        }
    }

    private static void count(PrometheusText text, String name, String help, LongAdder counter) {
        text.family(name, "counter", help);
        text.sample(name, counter.sum());
    }
}
