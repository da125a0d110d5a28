package org.symbolon.soft;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.symbolon.Deadline;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.engine.KeyGeneration;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.SigningKey;
import org.symbolon.soft.seal.TokenKeys;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.TokenTable;
import org.symbolon.soft.store.TryTable;

/**
 * Where PINs are tried: charged before they are checked, one after the other for each role within a process, and after
 * wrong ones only when a delay has passed that doubles with each.
 *
 * <p>A try that runs counts against the limit until it is known how it ended, in every process, so that no number of
 * threads and processes spends more tries than there are; one whose process died stops counting after a minute.
 */
final class PinGate {
    private static final Semaphore DERIVATIONS =
            new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private static final int NONCE_BYTES = 16;
    private static final long POLL_MILLIS = 20;
    private static final int FREE_FAILURES = 3;
    private static final long FIRST_DELAY_MILLIS = 50;
    private static final long MAX_DELAY_MILLIS = 5_000;
    private static final String WAITING = "the tries of this PIN before";

    private final OpenToken token;
    private final Clock clock;

    PinGate(OpenToken token) {
        this(token, Clock.systemUTC());
    }

    PinGate(OpenToken token, Clock clock) {
        this.token = token;
        this.clock = clock;
    }

    /**
     * Checks a PIN and returns the keys that it opens, for one session: {@link Unlocked#leave} them.
     *
     * @throws TokenAuthenticationException if the PIN is wrong, locked or not set
     */
    Unlocked open(Role role, Pin pin, Deadline deadline) throws TokenException {
        return openSlot(role, pin, deadline).unlocked();
    }

    /** What a PIN opened: the keys, for one session, and the key slot that they were in. */
    record Opened(Unlocked unlocked, KeySlot slot) {}

    /** Checks a PIN as {@link #open} and tells which key slot it opened. */
    Opened openSlot(Role role, Pin pin, Deadline deadline) throws TokenException {
        ReentrantLock queue = token.loginQueue(role);
        try {
            if (!queue.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.missed(WAITING);
            }
        } catch (InterruptedException e) {
            throw deadline.interrupted(WAITING, e);
        }
        try {
            return inTurn(role, pin, deadline);
        } finally {
            queue.unlock();
        }
    }

    private Opened inTurn(Role role, Pin pin, Deadline deadline) throws TokenException {
        byte[] nonce = KeyGeneration.random(NONCE_BYTES);
        while (true) {
            awaitDelay(role, deadline);
            acquireDerivation(deadline);
            try {
                Optional<Attempt> attempt = charge(role, nonce, deadline);
                if (attempt.isPresent()) {
                    return attempt(attempt.get(), pin, nonce);
                }
            } finally {
                DERIVATIONS.release();
            }
        }
    }

    /** What a try is made on. */
    private record Attempt(TokenRecord token, KeySlot slot, boolean keySlotsAreSigned, long startedNanos) {}

    private void awaitDelay(Role role, Deadline deadline) throws TokenException {
        while (true) {
            TryTable.Counter counter = token.database().read(deadline, sql -> counter(sql, role));
            long wait = waitMillis(counter);
            if (wait == 0) {
                return;
            }
            if (deadline.remainingNanos() < TimeUnit.MILLISECONDS.toNanos(Math.min(wait, POLL_MILLIS))) {
                throw deadline.missed("the delay after wrong PINs");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(Math.min(wait, POLL_MILLIS));
            } catch (InterruptedException e) {
                throw deadline.interrupted("the delay after wrong PINs", e);
            }
        }
    }

    private long waitMillis(TryTable.Counter counter) throws TokenException {
        if (counter.left() == 0) {
            throw refused("CKR_PIN_LOCKED", "the PIN is locked after " + counter.failed() + " wrong ones", 0);
        }
        long since = clock.millis() - counter.lastFailure();
        long delay = delayMillis(counter.failed());
        if (since >= 0 && since < delay) {
            return delay - since;
        }
        return counter.left() > counter.running() ? 0 : POLL_MILLIS;
    }

    /** Returns how long the next try waits after so many failures. */
    static long delayMillis(int failed) {
        if (failed < FREE_FAILURES) {
            return 0;
        }
        int doublings = Math.min(failed - FREE_FAILURES, Long.SIZE / 4);
        return Math.min(MAX_DELAY_MILLIS, FIRST_DELAY_MILLIS << doublings);
    }

    private TryTable.Counter counter(org.symbolon.soft.store.Sql sql, Role role) throws TokenException {
        return TryTable.counter(sql, token.slot(), role, clock.millis()).orElseThrow(() -> notInitialized(role));
    }

    private static void acquireDerivation(Deadline deadline) throws TokenException {
        try {
            if (!DERIVATIONS.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.missed("other logins of this process");
            }
        } catch (InterruptedException e) {
            throw deadline.interrupted("other logins of this process", e);
        }
    }

    private Optional<Attempt> charge(Role role, byte[] nonce, Deadline deadline) throws TokenException {
        return token.database().write(deadline, sql -> {
            if (waitMillis(counter(sql, role)) > 0) {
                return Optional.empty();
            }
            TokenRecord record = token.record(sql);
            java.util.List<KeySlot> slots = TokenTable.keySlots(sql, token.slot());
            KeySlot slot = slots.stream()
                    .filter(candidate -> candidate.role() == role && candidate.number() == 0)
                    .findFirst()
                    .orElseThrow(() -> notInitialized(role));
            long now = clock.millis();
            TryTable.begin(sql, token.slot(), role, nonce, now);
            return Optional.of(new Attempt(record, slot, record.hasKeySlots(slots), sql.startedNanos()));
        });
    }

    private Opened attempt(Attempt attempt, Pin pin, byte[] nonce) throws TokenException {
        Optional<TokenKeys> keys = Optional.empty();
        boolean opened = false;
        try {
            keys = tryOut(attempt, pin, nonce);
            settle(attempt.slot, nonce, true, keys.isPresent());
            Unlocked unlocked = unlock(attempt, keys);
            opened = true;
            return new Opened(unlocked, attempt.slot);
        } finally {
            if (!opened) {
                keys.ifPresent(TokenKeys::close);
            }
        }
    }

    private Optional<TokenKeys> tryOut(Attempt attempt, Pin pin, byte[] nonce) throws TokenException {
        boolean told = false;
        try {
            Optional<TokenKeys> keys = attempt.slot.open(attempt.token.uuid(), pin);
            told = true;
            return keys;
        } catch (IllegalArgumentException e) {
            throw new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"), "the key slot cannot be used: " + e.getMessage(), e);
        } finally {
            if (!told) {
                settle(attempt.slot, nonce, false, false);
            }
        }
    }

    /** Books a try, whatever became of its deadline meanwhile. */
    private void settle(KeySlot slot, byte[] nonce, boolean told, boolean success) throws TokenException {
        boolean interrupted = Thread.interrupted();
        try {
            token.database().write(Deadline.after(java.time.Duration.ofMillis(TryTable.LIFETIME_MILLIS)), sql -> {
                if (told) {
                    TryTable.end(sql, token.slot(), slot, nonce, success, clock.millis());
                } else {
                    TryTable.abandon(sql, token.slot(), slot.role(), nonce);
                }
                return true;
            });
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Unlocked unlock(Attempt attempt, Optional<TokenKeys> keys) throws TokenException {
        Role role = attempt.slot.role();
        Deadline deadline = Deadline.after(java.time.Duration.ofMillis(TryTable.LIFETIME_MILLIS));
        TryTable.Counter counter = token.database().read(deadline, sql -> counter(sql, role));
        if (keys.isEmpty()) {
            throw refused(
                    "CKR_PIN_INCORRECT",
                    "the PIN is wrong; " + counter.left() + (counter.left() == 1 ? " try is left" : " tries are left"),
                    counter.left());
        }
        if (counter.left() == 0) {
            throw refused("CKR_PIN_LOCKED", "the PIN was locked meanwhile", 0);
        }
        return unlock(attempt, keys.get());
    }

    private Unlocked unlock(Attempt attempt, TokenKeys keys) throws TokenException {
        TokenRecord record = attempt.token;
        Optional<SigningKey> signingKey = SigningKey.open(
                keys,
                record.uuid(),
                record.verifyKey().toByteArray(),
                record.signingKey().toByteArray());
        if (signingKey.isEmpty() || !attempt.keySlotsAreSigned || !record.isSignedBy(record.verifyKey())) {
            signingKey.ifPresent(SigningKey::close);
            throw new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"),
                    "the token's record or its key slots were tampered with: they are not what the token signed");
        }
        token.checkEpoch(record, attempt.startedNanos);
        return token.share(new Unlocked(token, record.uuid(), keys, signingKey.get()));
    }

    private static TokenAuthenticationException notInitialized(Role role) {
        return role == Role.USER
                ? new TokenAuthenticationException(
                        Status.ckr("CKR_USER_PIN_NOT_INITIALIZED"),
                        "the user has no PIN yet; the security officer sets it",
                        OptionalInt.empty(),
                        null)
                : new TokenAuthenticationException(
                        Status.ckr("CKR_USER_TYPE_INVALID"), "there is no such user", OptionalInt.empty(), null);
    }

    private static TokenAuthenticationException refused(String status, String detail, int left) {
        return new TokenAuthenticationException(Status.ckr(status), detail, OptionalInt.of(left), null);
    }
}
