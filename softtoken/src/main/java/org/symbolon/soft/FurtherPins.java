package org.symbolon.soft;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.Deadline;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenPermissionException;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.RecoveryCode;
import org.symbolon.soft.seal.TokenRecord;

/** Recovery codes and PINs beside a user's first one, which one login adds and removes. */
final class FurtherPins {
    private final SoftSettings settings;
    private final RecordChange change;
    private final Opened opened;

    FurtherPins(SoftSettings settings, RecordChange change, Opened opened) {
        this.settings = settings;
        this.change = change;
        this.opened = opened;
    }

    /** Makes a recovery code, and returns what is shown of it. */
    Pin addRecoveryCode(Deadline deadline) throws TokenException {
        int number = freeNumber(change.read(deadline));
        try (RecoveryCode code = RecoveryCode.generate(number)) {
            SlotSettings own = new SlotSettings(
                    SlotSettings.Kind.RECOVERY, "", 0, Clock.systemUTC().millis(), false);
            add(number, own, code.secret(), deadline);
            return code.shown();
        }
    }

    /** Adds a named PIN, and returns its number. */
    int addPin(Login login, String name, Pin pin, Deadline deadline) throws TokenException {
        Slots slots = change.read(deadline);
        new PinPolicy(TokenPolicy.of(slots.record())).check(pin, List.of());
        requireNotTakenFor(name, opened.slot(), AdministrativeLogin.pin(login));
        int number = freeNumber(slots);
        boolean byOfficer = login instanceof Login.SecurityOfficer;
        boolean mustChange = byOfficer && TokenPolicy.of(slots.record()).changeAfterReset();
        add(number, SlotSettings.ofNewPin(slots.record(), name, mustChange), pin, deadline);
        return number;
    }

    /** Refuses a name by which the user's first PIN would be tried at the new one from then on. */
    private static void requireNotTakenFor(String name, KeySlot used, Pin pin) throws TokenOperationException {
        if (used.role() != Role.USER || used.number() != 0) {
            return;
        }
        Optional<Pin> rest = Credential.afterName(name, pin);
        if (rest.isPresent()) {
            rest.get().close();
            throw new TokenOperationException(
                    Status.ckr("CKR_FUNCTION_REJECTED"),
                    "the first PIN begins with this name and a colon, and would be tried at the new one; change it"
                            + " first, or choose another name");
        }
    }

    private static int freeNumber(Slots slots) throws TokenException {
        for (int number = 1; number <= RecoveryCode.MAX_NUMBER; number++) {
            if (slots.find(Role.USER, number).isEmpty()) {
                return number;
            }
        }
        throw new TokenOperationException(
                Status.ckr("CKR_DEVICE_MEMORY"),
                "the token has " + RecoveryCode.MAX_NUMBER + " recovery codes and PINs already; remove one");
    }

    private void add(int number, SlotSettings own, Pin secret, Deadline deadline) throws TokenException {
        Unlocked unlocked = opened.unlocked();
        if (unlocked == null) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_USER_NOT_LOGGED_IN"),
                    "this token's security officer cannot decrypt: the user adds recovery codes and PINs");
        }
        TokenRecord record = change.read(deadline).record();
        KeySlot slot = new SlotSealer(settings)
                .seal(
                        record,
                        Role.USER,
                        number,
                        own,
                        secret,
                        unlocked.keys(),
                        opened.signingKey(),
                        Optional.of(opened.slot()));
        change.write(deadline, (sql, now) -> {
            requireFree(now, number, own.name());
            List<KeySlot> slots = new ArrayList<>(now.all());
            slots.add(slot);
            return new Slots(now.record(), slots);
        });
    }

    private static void requireFree(Slots now, int number, String name) throws TokenException {
        for (KeySlot other : now.of(Role.USER)) {
            boolean sameName = !name.isEmpty() && SlotSettings.of(other).name().equals(name);
            if (other.number() == number || sameName) {
                throw new TokenOperationException(
                        Status.ckr("CKR_FUNCTION_REJECTED"),
                        sameName
                                ? "there is a PIN of the name " + name + " already"
                                : "somebody else added one meanwhile; try again");
            }
        }
    }

    /** Removes one by its number, from 1. */
    void remove(int number, Deadline deadline) throws TokenException {
        change.write(deadline, (sql, now) -> {
            Optional<KeySlot> slot = now.find(Role.USER, number);
            if (number == 0 || slot.isEmpty()) {
                throw new TokenOperationException(
                        Status.ckr("CKR_ARGUMENTS_BAD"),
                        "there is no recovery code and no further PIN of number " + number);
            }
            List<KeySlot> slots = new ArrayList<>(now.all());
            slots.remove(slot.get());
            return new Slots(now.record(), slots);
        });
    }
}
