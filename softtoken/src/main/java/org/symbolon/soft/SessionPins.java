package org.symbolon.soft;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.Done;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;
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
            return write(Role.USER, request.newPin(), unlocked, options.deadline());
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
        Unlocked unlocked = new PinGate(access.token()).open(role, request.oldPin(), options.deadline());
        try {
            return write(role, request.newPin(), unlocked, options.deadline());
        } finally {
            unlocked.leave();
        }
    }

    private Done write(Role role, Pin newPin, Unlocked unlocked, Deadline deadline) throws TokenException {
        OpenToken token = access.token();
        Bytes signer = Bytes.wrap(unlocked.signingKey().publicKey());
        TokenRecord before = token.database().read(deadline, sql -> token.record(sql, signer));
        KeySlot slot = KeySlot.seal(
                before.uuid(), role, settings.kdf().argon2id(), newPin, before.masterVersion(), unlocked.keys());
        token.database().write(deadline, sql -> {
            TokenRecord record = token.latestRecord(sql, signer);
            List<KeySlot> slots = new ArrayList<>(TokenTable.keySlots(sql, token.slot()));
            if (!record.hasKeySlots(slots)) {
                throw new org.symbolon.TokenProtocolException(
                        Status.ckr("CKR_DEVICE_ERROR"), "the key slots were tampered with");
            }
            slots.removeIf(other -> other.role() == role && other.number() == slot.number());
            slots.add(slot);
            TokenTable.save(sql, token.slot(), slot, settings.pinTries());
            token.save(sql, record.withKeySlots(slots, unlocked.signingKey()));
            return true;
        });
        return Done.DONE;
    }
}
