package org.symbolon.soft;

import java.time.Instant;
import java.util.Optional;
import org.symbolon.Role;
import org.symbolon.TokenException;
import org.symbolon.soft.seal.KeySlot;

/**
 * A PIN or recovery code of a token, as anyone may know it.
 *
 * @param role whose it is
 * @param number which of the role's, from 0
 * @param recovery whether it is a recovery code
 * @param name the name that is typed before it with a colon; empty for the first PIN and for recovery codes
 * @param kdf how it becomes a key, such as {@code argon2id,m=65536,t=3,p=4}
 * @param boundToHostSecret whether a host secret opens it together with the PIN
 * @param setAt when it was set, if that was noted
 * @param mustChange whether it is good for nothing but being changed
 */
public record PinSlot(
        Role role,
        int number,
        boolean recovery,
        String name,
        String kdf,
        boolean boundToHostSecret,
        Optional<Instant> setAt,
        boolean mustChange) {

    static PinSlot of(KeySlot slot, TokenPolicy policy, Instant now) throws TokenException {
        SlotSettings own = SlotSettings.of(slot);
        return new PinSlot(
                slot.role(),
                slot.number(),
                own.isRecovery(),
                own.name(),
                slot.kdf(),
                slot.hostSecret() != null,
                own.setAtMillis() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(own.setAtMillis())),
                slot.role() == Role.USER && own.isExpired(policy, now.toEpochMilli()));
    }
}
