package org.symbolon.soft;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.Change;
import org.symbolon.ChangeListener;
import org.symbolon.ChangeSubscription;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.seal.ManifestTree;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.Database;
import org.symbolon.soft.store.Sql;
import org.symbolon.soft.store.TokenTable;

/** What this process knows of the token in one slot of a database: who listens, who is logged in, what was verified. */
final class OpenToken {
    private static final Logger LOG = LoggerFactory.getLogger(OpenToken.class);
    private static final int MAX_REPORTED = 10_000;

    private final OpenDatabase database;
    private final long slot;
    private final ManifestTree manifest = new ManifestTree();
    private final Map<Role, ReentrantLock> loginQueues = new EnumMap<>(Role.class);
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private @Nullable Unlocked unlocked;
    private int sessions;
    private volatile @Nullable Trusted trusted;
    private volatile @Nullable TokenRecord lastRecord;
    private volatile boolean refusesRollback;
    private long highestEpoch;
    private long highestSinceNanos;

    /** A record whose signature was found good, under which key. */
    private record Trusted(Bytes key, TokenRecord token) {}

    OpenToken(OpenDatabase database, long slot) {
        this.database = database;
        this.slot = slot;
        for (Role role : Role.values()) {
            loginQueues.put(role, new ReentrantLock(true));
        }
    }

    long slot() {
        return slot;
    }

    Database database() {
        return database.database();
    }

    ManifestTree manifest() {
        return manifest;
    }

    /** Returns the lock that orders the logins of a role in this process. */
    ReentrantLock loginQueue(Role role) {
        return java.util.Objects.requireNonNull(loginQueues.get(role));
    }

    // ---- the record

    /** Returns the token's record, unverified. */
    TokenRecord record(Sql sql) throws TokenException {
        TokenRecord token = TokenTable.find(sql, slot)
                .orElseThrow(() -> new TokenProtocolException(
                        Status.ckr("CKR_TOKEN_NOT_PRESENT"), "the token in slot " + slot + " is gone"));
        lastRecord = token;
        return token;
    }

    /** Returns the token's record as it was read last, unverified, to foresee by. */
    Optional<TokenRecord> lastRecord() {
        return Optional.ofNullable(lastRecord);
    }

    /**
     * Returns the token's record if the holder of {@code key} signed it. What the transaction itself wrote is kept in
     * mind by nobody: it may still be rolled back.
     */
    TokenRecord record(Sql sql, Bytes key) throws TokenException {
        TokenRecord token = record(sql);
        if (!isTrusted(token, key)) {
            if (!token.isSignedBy(key)) {
                throw new TokenProtocolException(
                        Status.ckr("CKR_DEVICE_ERROR"),
                        "the token's record was tampered with: its signature is not that of the token's signing key");
            }
            if (!sql.hasChanged(slot)) {
                trusted = new Trusted(key, token);
                checkEpoch(token, sql.startedNanos());
            }
        }
        return token;
    }

    /**
     * Returns the token's record as {@link #record(Sql, Bytes)}, in a transaction that writes: no other sees a later
     * one.
     */
    TokenRecord latestRecord(Sql sql, Bytes key) throws TokenException {
        TokenRecord token = record(sql, key);
        if (!sql.hasChanged(slot)) {
            checkEpoch(token, sql.startedNanos());
        }
        return token;
    }

    /** Writes the token's next record, if its key signed it. */
    void save(Sql sql, TokenRecord next) throws TokenException {
        if (!next.isSignedBy(next.verifyKey())) {
            throw new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"),
                    "the token's next record is not signed by the token's signing key; nothing was written");
        }
        TokenTable.save(sql, next);
    }

    private boolean isTrusted(TokenRecord token, Bytes key) {
        Trusted known = trusted;
        return known != null && known.key.equals(key) && known.token.equals(token);
    }

    /**
     * Tells of a record that is older than one that had been seen when the transaction began which read it: a
     * transaction that began earlier may well read an older one.
     *
     * @throws TokenProtocolException if an anchor is configured for this token: then it is refused
     */
    void checkEpoch(TokenRecord token, long startedNanos) throws TokenException {
        long before = noteEpoch(token, startedNanos);
        if (token.epoch() < before) {
            TokenProtocolException back = Anchoring.wentBack(this, token, before);
            if (refusesRollback) {
                throw back;
            }
            LOG.warn("{}", back.getMessage());
            tell(Change.any());
        }
    }

    /** Returns the highest epoch that was known before; the record's own if that is none to compare with. */
    private synchronized long noteEpoch(TokenRecord token, long startedNanos) {
        long before = highestEpoch;
        boolean older = token.epoch() < before;
        if (older && (startedNanos - highestSinceNanos <= 0)) {
            return token.epoch();
        }
        if (token.epoch() != before && !(older && refusesRollback)) {
            highestEpoch = token.epoch();
            highestSinceNanos = System.nanoTime();
        }
        return before;
    }

    /** Refuses older states of this token from now on, since one who opened it has an anchor. */
    void refuseRollback() {
        refusesRollback = true;
    }

    /** Takes the token's next record for what it is, however old; returns the highest epoch until now. */
    synchronized long forgetEpoch() {
        long highest = highestEpoch;
        highestEpoch = 0;
        return highest;
    }

    /** Takes a forgotten epoch back. */
    synchronized void rememberEpoch(long epoch) {
        highestEpoch = Math.max(highestEpoch, epoch);
    }

    /** Logs a bad object, once. */
    void report(UUID uid, TokenException problem) {
        if (reported.size() < MAX_REPORTED && reported.add(uid + problem.getMessage())) {
            LOG.warn("left out of a find in {}: {}", database().name(), problem.getMessage());
        }
    }

    // ---- who is logged in

    /**
     * Returns the keys for one session more: those that are open already, if they are the same, or these.
     *
     * @param opened keys that a login opened; closed if others are used
     */
    synchronized Unlocked share(Unlocked opened) {
        Unlocked open = unlocked;
        if (open != null && open.join(opened)) {
            opened.leave();
            return open;
        }
        unlocked = opened;
        return opened;
    }

    synchronized void sessionOpened() {
        sessions++;
    }

    synchronized void sessionClosed() {
        sessions--;
    }

    synchronized boolean hasSessions() {
        return sessions > 0;
    }

    // ---- changes

    ChangeSubscription subscribe(ChangeListener listener) {
        listeners.add(listener);
        database.watch();
        java.util.concurrent.atomic.AtomicBoolean open = new java.util.concurrent.atomic.AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                listeners.remove(listener);
                database.unwatch();
            }
        };
    }

    void tell(Change change) {
        for (ChangeListener listener : listeners) {
            try {
                listener.changed(change);
            } catch (RuntimeException e) {
                LOG.warn("a change listener failed", e);
            }
        }
    }
}
