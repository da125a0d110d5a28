package org.symbolon.soft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Deadline;
import org.symbolon.Done;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenPermissionException;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.ManifestTree;
import org.symbolon.soft.seal.SigningKey;
import org.symbolon.soft.seal.TokenKeys;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.TryTable;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;

/** Sets PINs: wraps the token's keys anew and signs the key slots. */
final class SessionPins {
    private static final Status CHANGED = Status.ckr("CKR_FUNCTION_REJECTED");

    private final SessionAccess access;
    private final SoftSettings settings;
    private final SlotSealer sealer;

    SessionPins(SessionAccess access, SoftSettings settings) {
        this.access = access;
        this.settings = settings;
        this.sealer = new SlotSealer(settings);
    }

    // ---- the security officer

    Done initPin(Request.InitPin request, CallOptions options) throws TokenException {
        if (!access.isOfficer()) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_USER_NOT_LOGGED_IN"), "the security officer sets the user's PIN");
        }
        Opened officer = access.requireOfficer();
        Slots slots = read(officer.signingKey(), options.deadline());
        TokenPolicy policy = TokenPolicy.of(slots.record());
        new PinPolicy(policy).check(request.newPin(), slots.of(Role.USER));
        Unlocked unlocked = officer.unlocked();
        if (unlocked == null) {
            return firstPin(request.newPin(), slots, officer.signingKey(), options.deadline());
        }
        unlocked.enter();
        try {
            SlotSettings own = SlotSettings.ofNewPin(slots.record(), "", policy.changeAfterReset());
            Target target = new Target(Role.USER, 0, slots.find(Role.USER, 0), true);
            return write(target, own, request.newPin(), unlocked.keys(), unlocked.signingKey(), options.deadline());
        } finally {
            unlocked.leave();
        }
    }

    /** Sets the first PIN of a token whose officer cannot decrypt: good for nothing but being changed. */
    private Done firstPin(Pin pin, Slots before, SigningKey signingKey, Deadline deadline) throws TokenException {
        if (!before.of(Role.USER).isEmpty() || !isEmpty(before)) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_FUNCTION_REJECTED"),
                    "this token's security officer cannot decrypt and sets only the first PIN; reset it with a"
                            + " recovery code (symbolon pin reset)");
        }
        return writeUnderNewKeys(before, SlotSettings.ofNewPin(before.record(), "", true), pin, signingKey, deadline);
    }

    private static boolean isEmpty(Slots slots) {
        return slots.record().root().equals(ManifestTree.EMPTY_ROOT);
    }

    /**
     * Sets the user's first PIN in a token without objects whose officer cannot decrypt, under keys that nobody else has
     * seen wrapped: those under the PIN that the officer typed are given up, and every other key slot with them.
     */
    private Done writeUnderNewKeys(Slots before, SlotSettings own, Pin pin, SigningKey signingKey, Deadline deadline)
            throws TokenException {
        Optional<KeySlot> officer = before.find(Role.SECURITY_OFFICER, 0);
        try (TokenKeys keys = TokenKeys.generate()) {
            TokenRecord renewed = before.record().withMaster(keys, signingKey);
            KeySlot slot = sealer.seal(
                    renewed,
                    Role.USER,
                    0,
                    own,
                    pin,
                    keys,
                    signingKey,
                    before.find(Role.USER, 0).or(() -> officer));
            new RecordChange(access.token(), settings, signingKey).write(deadline, (sql, now) -> {
                if (!now.all().equals(before.all()) || !isEmpty(now)) {
                    throw changedMeanwhile();
                }
                List<KeySlot> slots = new ArrayList<>(now.of(Role.SECURITY_OFFICER));
                slots.add(slot);
                return new Slots(now.record().withMaster(keys, signingKey), slots);
            });
            return Done.DONE;
        }
    }

    // ---- everybody

    Done setPin(Request.SetPin request, CallOptions options) throws TokenException {
        if (access.info().readOnly()) {
            throw new TokenPermissionException(Status.ckr("CKR_SESSION_READ_ONLY"), "a read-only session sets no PIN");
        }
        try {
            return change(request, options.deadline());
        } catch (TokenOperationException e) {
            if (!e.status().equals(CHANGED)) {
                throw e;
            }
            // A login may have sealed the key slot anew under the same PIN: then it is right still.
            return change(request, options.deadline());
        }
    }

    private Done change(Request.SetPin request, Deadline deadline) throws TokenException {
        Role role = access.isOfficer() ? Role.SECURITY_OFFICER : Role.USER;
        Opened opened = access.gate().openToChange(role, request.oldPin(), deadline);
        try {
            return change(opened, request, deadline);
        } finally {
            opened.leave();
        }
    }

    private Done change(Opened opened, Request.SetPin request, Deadline deadline) throws TokenException {
        KeySlot slot = opened.slot();
        Slots slots = read(opened.signingKey(), deadline);
        SlotSettings own = SlotSettings.of(slot);
        boolean reset = own.isRecovery();
        @Nullable TokenKeys keys = opened.unlocked() == null ? null : opened.unlocked().keys();
        try (Pin until = Credential.afterName(own.name(), request.oldPin()).orElseGet(request.oldPin()::copy);
                Pin now = Credential.afterName(own.name(), request.newPin()).orElseGet(request.newPin()::copy)) {
            PinPolicy rules = new PinPolicy(TokenPolicy.of(slots.record()));
            rules.check(now, own.name().isEmpty() ? slots.of(slot.role()) : List.of());
            rules.checkChange(until, now);
            Target target = reset
                    ? new Target(Role.USER, 0, slots.find(Role.USER, 0), true)
                    : new Target(slot.role(), slot.number(), Optional.of(slot), false);
            SlotSettings next = SlotSettings.ofNewPin(slots.record(), reset ? "" : own.name(), false);
            if (own.mustChange() && !slots.officerOpensToken()) {
                requireUntouched(slots, slot);
                return writeUnderNewKeys(slots, next, now, opened.signingKey(), deadline);
            }
            return write(target, next, now, keys, opened.signingKey(), deadline);
        }
    }

    /** Refuses a first PIN of the officer's beside which there is something already: nobody could have put it there. */
    private static void requireUntouched(Slots slots, KeySlot first) throws TokenException {
        if (!slots.find(first.role(), first.number()).equals(Optional.of(first))) {
            throw changedMeanwhile();
        }
        if (!isEmpty(slots)) {
            throw new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"),
                    "there are objects in the token before its user has a PIN of his own: it was tampered with;"
                            + " initialise it anew");
        }
    }

    // ---- writing

    private static TokenOperationException changedMeanwhile() {
        return new TokenOperationException(CHANGED, "the PIN was changed meanwhile; try again");
    }

    /**
     * Which key slot is written.
     *
     * @param role whose
     * @param number which of the role's slots
     * @param replaced the slot that it replaces: if it is another by then, somebody else was faster
     * @param clearing whether wrong PINs before count no more
     */
    private record Target(Role role, int number, Optional<KeySlot> replaced, boolean clearing) {}

    private Done write(
            Target target,
            SlotSettings own,
            Pin pin,
            @Nullable TokenKeys keys,
            SigningKey signingKey,
            Deadline deadline)
            throws TokenException {
        Slots before = read(signingKey, deadline);
        KeySlot slot = sealer.seal(
                before.record(),
                target.role,
                target.number,
                own,
                pin,
                keys,
                signingKey,
                target.replaced.or(() -> before.find(Role.SECURITY_OFFICER, 0)));
        OpenToken token = access.token();
        new RecordChange(token, settings, signingKey).write(deadline, (sql, now) -> {
            if (!now.find(target.role, target.number).equals(target.replaced)) {
                throw changedMeanwhile();
            }
            List<KeySlot> slots = new ArrayList<>(now.all());
            target.replaced.ifPresent(slots::remove);
            slots.add(slot);
            if (target.clearing) {
                TryTable.clear(sql, token.slot(), target.role);
            }
            return new Slots(now.record(), slots);
        });
        return Done.DONE;
    }

    private Slots read(SigningKey signingKey, Deadline deadline) throws TokenException {
        return new RecordChange(access.token(), settings, signingKey).read(deadline);
    }
}
