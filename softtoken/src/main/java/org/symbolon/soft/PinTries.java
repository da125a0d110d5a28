package org.symbolon.soft;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.symbolon.Deadline;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.store.Sql;
import org.symbolon.soft.store.TryTable;

/**
 * The tries of a token's PINs, kept in its database: when the next one may be made, what it costs, how it ended.
 *
 * <p>A try that runs counts against the limit until it is known how it ended, in every process, so that no number of
 * threads and processes spends more tries than there are; one whose process died stops counting after ten
 * minutes.
 */
final class PinTries {
    /** How long the outcome of a try may take to be written, whatever became of the caller's deadline. */
    static final Duration BOOKING = Duration.ofMinutes(1);

    private static final long POLL_MILLIS = 20;
    private static final int FREE_FAILURES = 3;
    private static final long FIRST_DELAY_MILLIS = 50;
    private static final long MAX_DELAY_MILLIS = 5_000;

    private final OpenToken token;
    private final Clock clock;

    PinTries(OpenToken token, Clock clock) {
        this.token = token;
        this.clock = clock;
    }

    /** What a try is made on. */
    record Attempt(Slots slots, KeySlot slot, long startedNanos) {}

    /** Waits until the delay after wrong PINs has passed and no other try could take the last one. */
    void await(KeySlot slot, Deadline deadline) throws TokenException {
        while (true) {
            long wait = token.database().read(deadline, sql -> waitMillis(sql, slot, sql.now(clock)));
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

    private long waitMillis(Sql sql, KeySlot slot, long now) throws TokenException {
        PinCounter counter = counter(sql, slot, now);
        if (counter.left() == 0) {
            throw refused("CKR_PIN_LOCKED", "the PIN is locked after " + counter.failed() + " wrong ones", 0);
        }
        long since = now - counter.lastFailure();
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

    PinCounter counter(Sql sql, KeySlot slot, long now) throws TokenException {
        return PinCounter.of(sql, token.slot(), slot.role(), slot.number(), now)
                .orElseThrow(() -> notInitialized(slot.role()));
    }

    /** Takes a try, if one is to be had now and the key slot is still the one that was read. */
    Optional<Attempt> charge(KeySlot slot, byte[] nonce, Deadline deadline) throws TokenException {
        return token.database().write(deadline, token.slot(), sql -> {
            Slots slots = Slots.read(sql, token);
            long now = sql.now(clock);
            boolean same = slots.find(slot.role(), slot.number()).equals(Optional.of(slot));
            if (!same || waitMillis(sql, slot, now) > 0) {
                return Optional.empty();
            }
            TryTable.begin(sql, token.slot(), slot.role(), nonce, now);
            return Optional.of(new Attempt(slots, slot, sql.startedNanos()));
        });
    }

    /** Books a try, whatever became of its deadline meanwhile. */
    void settle(KeySlot slot, byte[] nonce, boolean told, boolean success) throws TokenException {
        boolean interrupted = Thread.interrupted();
        try {
            token.database().write(Deadline.after(BOOKING), token.slot(), sql -> {
                if (told) {
                    TryTable.end(sql, token.slot(), slot, nonce, success, sql.now(clock));
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

    /** Returns the error that tells of a wrong PIN and how many tries are left. */
    static TokenException wrong(PinCounter counter, KeySlot slot) throws TokenException {
        if (SlotSettings.of(slot).isRecovery()) {
            return new TokenAuthenticationException(
                    Status.ckr("CKR_PIN_INCORRECT"), "the recovery code is wrong", OptionalInt.empty(), null);
        }
        return refused(
                "CKR_PIN_INCORRECT",
                "the PIN is wrong; " + counter.left() + (counter.left() == 1 ? " try is left" : " tries are left"),
                counter.left());
    }

    static TokenAuthenticationException notInitialized(Role role) {
        return role == Role.USER
                ? new TokenAuthenticationException(
                        Status.ckr("CKR_USER_PIN_NOT_INITIALIZED"),
                        "the user has no PIN yet; the security officer sets it",
                        OptionalInt.empty(),
                        null)
                : new TokenAuthenticationException(
                        Status.ckr("CKR_USER_TYPE_INVALID"), "there is no such user", OptionalInt.empty(), null);
    }

    static TokenAuthenticationException refused(String status, String detail, int left) {
        return new TokenAuthenticationException(Status.ckr(status), detail, OptionalInt.of(left), null);
    }
}
