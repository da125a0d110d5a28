package org.symbolon.soft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.symbolon.Deadline;
import org.symbolon.Done;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;
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
        Slots slots = read(options.deadline());
        TokenPolicy policy = TokenPolicy.of(slots.record());
        new PinPolicy(policy).check(request.newPin(), slots.of(Role.USER));
        Opened officer = access.requireOfficer();
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

    /**
     * Sets the first PIN of a token whose officer cannot decrypt: there is nothing in it yet, so it gets keys of its own
     * that no officer has seen wrapped.
     */
    private Done firstPin(Pin pin, Slots before, SigningKey signingKey, Deadline deadline) throws TokenException {
        try (TokenKeys keys = TokenKeys.generate()) {
            TokenRecord renewed = before.record().withMaster(keys, signingKey);
            TokenPolicy policy = TokenPolicy.of(before.record());
            KeySlot slot = sealer.seal(
                    renewed,
                    Role.USER,
                    0,
                    SlotSettings.ofNewPin(renewed, "", policy.changeAfterReset()),
                    pin,
                    keys,
                    signingKey,
                    before.find(Role.SECURITY_OFFICER, 0));
            new RecordChange(access.token(), settings, signingKey).write(deadline, (sql, now) -> {
                if (!now.of(Role.USER).isEmpty() || !now.record().root().equals(ManifestTree.EMPTY_ROOT)) {
                    throw new TokenPermissionException(
                            Status.ckr("CKR_FUNCTION_REJECTED"),
                            "this token's security officer cannot decrypt and sets only the first PIN; reset it with a"
                                    + " recovery code (symbolon pin reset)");
                }
                List<KeySlot> slots = new ArrayList<>(now.all());
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
        Role role = access.isOfficer() ? Role.SECURITY_OFFICER : Role.USER;
        Opened opened = access.gate().openToChange(role, request.oldPin(), options.deadline());
        try {
            return change(opened, request, options.deadline());
        } finally {
            opened.leave();
        }
    }

    private Done change(Opened opened, Request.SetPin request, Deadline deadline) throws TokenException {
        KeySlot slot = opened.slot();
        Slots slots = read(deadline);
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
            return write(target, next, now, keys, opened.signingKey(), deadline);
        }
    }

    // ---- writing

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
        Slots before = read(deadline);
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
                throw new TokenAuthenticationException(
                        Status.ckr("CKR_PIN_INCORRECT"),
                        "the PIN was changed by somebody else meanwhile",
                        OptionalInt.empty(),
                        null);
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

    private Slots read(Deadline deadline) throws TokenException {
        return access.token().database().read(deadline, sql -> Slots.read(sql, access.token()));
    }
}
