package org.symbolon.soft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.Done;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.seal.Argon2id;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.TokenTable;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;

/** Sets PINs: wraps the token's keys anew and signs the key slots. */
final class SessionPins {
    private final SessionAccess access;
    private final SoftSettings settings;

    SessionPins(SessionAccess access, SoftSettings settings) {
        this.access = access;
        this.settings = settings;
    }

    Done initPin(Request.InitPin request, CallOptions options) throws TokenException {
        if (!access.isOfficer()) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_USER_NOT_LOGGED_IN"), "the security officer sets the user's PIN");
        }
        PinPolicy.check(request.newPin());
        Unlocked unlocked = access.requireUnlocked();
        unlocked.enter();
        try {
            return write(Role.USER, request.newPin(), unlocked, null, options.deadline());
        } finally {
            unlocked.leave();
        }
    }

    Done setPin(Request.SetPin request, CallOptions options) throws TokenException {
        if (access.info().readOnly()) {
            throw new TokenPermissionException(Status.ckr("CKR_SESSION_READ_ONLY"), "a read-only session sets no PIN");
        }
        PinPolicy.check(request.newPin());
        Role role = access.isOfficer() ? Role.SECURITY_OFFICER : Role.USER;
        PinGate.Opened opened = new PinGate(access.token()).openSlot(role, request.oldPin(), options.deadline());
        try {
            return write(role, request.newPin(), opened.unlocked(), opened.slot(), options.deadline());
        } finally {
            opened.unlocked().leave();
        }
    }

    /** Sets a PIN; with the slot that the old PIN opened, only if that is still the role's. */
    private Done write(Role role, Pin newPin, Unlocked unlocked, @Nullable KeySlot opened, Deadline deadline)
            throws TokenException {
        OpenToken token = access.token();
        Bytes signer = Bytes.wrap(unlocked.signingKey().publicKey());
        Slots before = token.database()
                .read(deadline, sql -> new Slots(token.record(sql, signer), TokenTable.keySlots(sql, token.slot())));
        Optional<KeySlot> replaced = opened == null ? before.slot(role) : Optional.of(opened);
        KeySlot slot = KeySlot.seal(
                before.record().uuid(),
                role,
                kdf(replaced.or(() -> before.slot(Role.SECURITY_OFFICER))),
                newPin,
                before.record().masterVersion(),
                unlocked.keys());
        token.database().write(deadline, sql -> {
            Slots now = new Slots(token.latestRecord(sql, signer), TokenTable.keySlots(sql, token.slot()));
            if (!now.record().hasKeySlots(now.slots())) {
                throw new TokenProtocolException(Status.ckr("CKR_DEVICE_ERROR"), "the key slots were tampered with");
            }
            if (!now.slot(role).equals(replaced)) {
                throw new TokenAuthenticationException(
                        Status.ckr("CKR_PIN_INCORRECT"),
                        "the PIN was changed by somebody else meanwhile",
                        OptionalInt.empty(),
                        null);
            }
            List<KeySlot> slots = new ArrayList<>(now.slots());
            replaced.ifPresent(slots::remove);
            slots.add(slot);
            int maxTries =
                    TokenTable.maxTries(sql, token.slot(), role, slot.number()).orElse(settings.pinTries());
            TokenTable.save(sql, token.slot(), slot, maxTries);
            token.save(sql, now.record().withKeySlots(slots, unlocked.signingKey()));
            return true;
        });
        return Done.DONE;
    }

    /** A token's record and its key slots in one transaction. */
    private record Slots(TokenRecord record, List<KeySlot> slots) {
        Optional<KeySlot> slot(Role role) {
            return slots.stream()
                    .filter(slot -> slot.role() == role && slot.number() == 0)
                    .findFirst();
        }
    }

    /** Returns the key derivation of the settings, no weaker than that of a slot. */
    private Argon2id kdf(Optional<KeySlot> floor) throws TokenException {
        Argon2id wanted = settings.kdf().argon2id();
        try {
            return floor.map(slot -> wanted.atLeast(Argon2id.parse(slot.kdf()))).orElse(wanted);
        } catch (IllegalArgumentException e) {
            throw new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"), "the key slot cannot be replaced: " + e.getMessage(), e);
        }
    }
}
