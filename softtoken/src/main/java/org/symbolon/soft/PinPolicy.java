package org.symbolon.soft;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import org.symbolon.Pin;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.RecoveryCode;

/**
 * Which PINs may be set.
 *
 * @param policy the token's policy
 */
record PinPolicy(TokenPolicy policy) {
    private static final int CLASSES = 4;

    /** Refuses a PIN that is too short or too simple, or that would be taken for something else. */
    void check(Pin pin, Iterable<KeySlot> slots) throws TokenException {
        if (pin.lengthInBytes() < policy.minPinBytes() || pin.lengthInBytes() > Pin.MAX_BYTES) {
            throw refused("CKR_PIN_LEN_RANGE", "a PIN has " + policy.minPinBytes() + " to " + Pin.MAX_BYTES + " bytes");
        }
        if (classes(pin) < policy.minPinClasses()) {
            throw refused(
                    "CKR_PIN_TOO_WEAK",
                    "a PIN has characters of at least " + policy.minPinClasses()
                            + " kinds of four: lower case, upper case, digits, others");
        }
        Optional<RecoveryCode> code = RecoveryCode.parse(pin);
        if (code.isPresent()) {
            code.get().close();
            throw refused("CKR_PIN_INVALID", "a PIN must not look like a recovery code");
        }
        for (KeySlot slot : slots) {
            Optional<Pin> rest = Credential.afterName(SlotSettings.of(slot).name(), pin);
            if (rest.isPresent()) {
                rest.get().close();
                throw refused(
                        "CKR_PIN_INVALID",
                        "a PIN must not begin with the name of another and a colon, as this one would be tried there");
            }
        }
    }

    /** Refuses a new PIN that is the one until now, if the policy wants another. */
    void checkChange(Pin until, Pin now) throws TokenAuthenticationException {
        if (policy.newPinDiffers() && until.equals(now)) {
            throw refused("CKR_PIN_INVALID", "the new PIN is the one until now, and the token's policy wants another");
        }
    }

    private static int classes(Pin pin) {
        char[] characters = pin.toChars();
        BitSet found = new BitSet(CLASSES);
        for (char c : characters) {
            found.set(Character.isLowerCase(c) ? 0 : Character.isUpperCase(c) ? 1 : Character.isDigit(c) ? 2 : 3);
        }
        Arrays.fill(characters, '\0');
        return found.cardinality();
    }

    private static TokenAuthenticationException refused(String status, String detail) {
        return new TokenAuthenticationException(Status.ckr(status), detail, OptionalInt.empty(), null);
    }
}
