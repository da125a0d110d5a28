package org.symbolon.soft;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.SecretBytes;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.engine.KeyGeneration;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.SigningKey;
import org.symbolon.soft.seal.TokenKeys;
import org.symbolon.soft.seal.TokenRecord;

/**
 * Where PINs are tried: charged before they are checked, one after the other for each role within a process, and after
 * wrong ones only when a delay has passed that doubles with each.
 */
final class PinGate {
    private static final Semaphore DERIVATIONS =
            new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private static final int NONCE_BYTES = 16;
    private static final String WAITING = "the tries of this PIN before";

    private final OpenToken token;
    private final SoftSettings settings;
    private final HostSecrets hostSecrets;
    private final Clock clock;
    private final SlotOpener opener;
    private final PinTries tries;

    /** What derives the key of a PIN and opens a key slot with it; a seam for tests. */
    @FunctionalInterface
    interface SlotOpener {
        Optional<Keys> open(Slots slots, KeySlot slot, Pin pin, @Nullable SecretBytes hostAnswer);
    }

    PinGate(OpenToken token, SoftSettings settings) {
        this(token, settings, Clock.systemUTC(), PinGate::openSlot);
    }

    PinGate(OpenToken token, SoftSettings settings, Clock clock, SlotOpener opener) {
        this.token = token;
        this.settings = settings;
        this.hostSecrets = new HostSecrets(settings);
        this.clock = clock;
        this.opener = opener;
        this.tries = new PinTries(token, clock);
    }

    /**
     * Checks a PIN and returns what it opens.
     *
     * @throws TokenAuthenticationException if the PIN is wrong, locked, not set or has to be changed
     */
    Opened open(Role role, Pin pin, Deadline deadline) throws TokenException {
        Opened opened = openAsItIs(role, pin, deadline);
        new SlotUpgrade(token, settings, hostSecrets).afterLogin(opened, pin, deadline);
        return opened;
    }

    /** Checks a PIN as {@link #open}, and leaves its key slot as it is. */
    Opened openAsItIs(Role role, Pin pin, Deadline deadline) throws TokenException {
        Opened opened = openToChange(role, pin, deadline);
        boolean good = false;
        try {
            requireUnexpired(opened, deadline);
            good = true;
            return opened;
        } finally {
            if (!good) {
                opened.leave();
            }
        }
    }

    private void requireUnexpired(Opened opened, Deadline deadline) throws TokenException {
        KeySlot slot = opened.slot();
        SlotSettings own = SlotSettings.of(slot);
        Bytes signer = Bytes.wrap(opened.signingKey().publicKey());
        TokenPolicy policy = TokenPolicy.of(token.database().read(deadline, sql -> token.record(sql, signer)));
        if (slot.role() == Role.USER && own.isExpired(policy, clock.millis())) {
            throw new TokenAuthenticationException(
                    Status.ckr("CKR_PIN_EXPIRED"),
                    own.mustChange()
                            ? "the PIN was set by the security officer and has to be changed first (symbolon pin set)"
                            : "the PIN was set " + own.since() + " and is good for " + policy.maxPinAgeDays()
                                    + " days; change it (symbolon pin set)",
                    OptionalInt.empty(),
                    null);
        }
    }

    /** Checks a PIN as {@link #open}, whether it has to be changed or not. */
    Opened openToChange(Role role, Pin pin, Deadline deadline) throws TokenException {
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
            Slots slots = token.database().read(deadline, sql -> Slots.read(sql, token));
            try (Credential credential = Credential.of(role, pin, slots)) {
                KeySlot slot = slots.find(role, credential.number()).orElseThrow(() -> PinTries.notInitialized(role));
                Optional<Opened> opened = attempt(slots, slot, credential.secret(), nonce, deadline);
                if (opened.isPresent()) {
                    return opened.get();
                }
            }
        }
    }

    private Optional<Opened> attempt(Slots slots, KeySlot slot, Pin secret, byte[] nonce, Deadline deadline)
            throws TokenException {
        try (@Nullable SecretBytes hostAnswer = hostSecrets.answer(slots.record().uuid(), slot)) {
            tries.await(slot, deadline);
            acquireDerivation(deadline);
            try {
                Optional<PinTries.Attempt> attempt = tries.charge(slot, nonce, deadline);
                if (attempt.isEmpty()) {
                    return Optional.empty();
                }
                return Optional.of(attempt(attempt.get(), secret, hostAnswer, nonce));
            } finally {
                DERIVATIONS.release();
            }
        }
    }

    /** What a try opened, before anything is known of the token's record; one of the two. */
    record Keys(@Nullable TokenKeys tokenKeys, @Nullable SigningKey signingKey) {
        void close() {
            if (tokenKeys != null) {
                tokenKeys.close();
            }
            if (signingKey != null) {
                signingKey.close();
            }
        }
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

    private Opened attempt(PinTries.Attempt attempt, Pin pin, @Nullable SecretBytes hostAnswer, byte[] nonce)
            throws TokenException {
        Optional<Keys> keys = Optional.empty();
        boolean opened = false;
        try {
            keys = tryOut(attempt, pin, hostAnswer, nonce);
            tries.settle(attempt.slot(), nonce, true, keys.isPresent());
            Opened result = opened(attempt, keys);
            opened = true;
            return result;
        } finally {
            if (!opened) {
                keys.ifPresent(Keys::close);
            }
        }
    }

    private Optional<Keys> tryOut(PinTries.Attempt attempt, Pin pin, @Nullable SecretBytes hostAnswer, byte[] nonce)
            throws TokenException {
        boolean told = false;
        try {
            Optional<Keys> keys = opener.open(attempt.slots(), attempt.slot(), pin, hostAnswer);
            told = true;
            return keys;
        } catch (IllegalArgumentException e) {
            throw new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"), "the key slot cannot be used: " + e.getMessage(), e);
        } finally {
            if (!told) {
                tries.settle(attempt.slot(), nonce, false, false);
            }
        }
    }

    static Optional<Keys> openSlot(Slots slots, KeySlot slot, Pin pin, @Nullable SecretBytes hostAnswer) {
        UUID uuid = slots.record().uuid();
        boolean wrapsSigningKey = slot.role() == Role.SECURITY_OFFICER && !slots.officerOpensToken();
        return wrapsSigningKey
                ? slot.openSigningKey(uuid, pin, hostAnswer).map(key -> new Keys(null, key))
                : slot.open(uuid, pin, hostAnswer).map(keys -> new Keys(keys, null));
    }

    private Opened opened(PinTries.Attempt attempt, Optional<Keys> keys) throws TokenException {
        Deadline deadline = Deadline.after(PinTries.BOOKING);
        PinCounter counter = token.database().read(deadline, sql -> tries.counter(sql, attempt.slot(), sql.now(clock)));
        if (keys.isEmpty()) {
            throw PinTries.wrong(counter, attempt.slot());
        }
        if (counter.left() == 0) {
            throw PinTries.refused("CKR_PIN_LOCKED", "the PIN was locked meanwhile", 0);
        }
        return opened(attempt, keys.get());
    }

    private Opened opened(PinTries.Attempt attempt, Keys keys) throws TokenException {
        TokenRecord record = attempt.slots().record();
        Optional<SigningKey> signingKey = signingKey(record, keys);
        boolean good = false;
        try {
            if (signingKey.isEmpty() || !attempt.slots().areSigned() || !record.isSignedBy(record.verifyKey())) {
                throw new TokenProtocolException(
                        Status.ckr("CKR_DEVICE_ERROR"),
                        "the token's record or its key slots were tampered with: they are not what the token signed");
            }
            token.checkEpoch(record, attempt.startedNanos());
            good = true;
        } finally {
            if (!good) {
                signingKey.ifPresent(SigningKey::close);
            }
        }
        TokenKeys tokenKeys = keys.tokenKeys();
        if (tokenKeys == null) {
            return new Opened(attempt.slot(), null, signingKey.get());
        }
        Unlocked unlocked = token.share(new Unlocked(token, record.uuid(), tokenKeys, signingKey.get()));
        return new Opened(attempt.slot(), unlocked, unlocked.signingKey());
    }

    private static Optional<SigningKey> signingKey(TokenRecord record, Keys keys) {
        TokenKeys tokenKeys = keys.tokenKeys();
        if (tokenKeys == null) {
            return Optional.ofNullable(keys.signingKey())
                    .filter(key -> record.verifyKey().equals(Bytes.wrap(key.publicKey())));
        }
        return SigningKey.open(
                tokenKeys,
                record.uuid(),
                record.verifyKey().toByteArray(),
                record.signingKey().toByteArray());
    }
}
