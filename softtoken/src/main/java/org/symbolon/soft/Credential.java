package org.symbolon.soft;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.RecoveryCode;

/**
 * What somebody gave for a PIN, and which key slot it is for: a recovery code is known by its form, a PIN beside the
 * first by its name and a colon before it ({@code alice:1234}), and everything else is for the first. So each try is
 * made on one key slot, whatever the number of slots.
 *
 * @param number which of the role's key slots
 * @param secret what opens it
 */
record Credential(int number, Pin secret) implements AutoCloseable {
    static final char SEPARATOR = ':';

    /**
     * Returns whose key slot it is for.
     *
     * @throws TokenAuthenticationException if it is a recovery code of no slot of this token: no try was spent
     */
    static Credential of(Role role, Pin pin, Slots slots) throws TokenAuthenticationException, TokenProtocolException {
        if (role != Role.USER) {
            return new Credential(0, pin.copy());
        }
        Optional<RecoveryCode> code = RecoveryCode.parse(pin);
        if (code.isPresent()) {
            return ofCode(code.get(), slots);
        }
        for (KeySlot slot : slots.of(role)) {
            Optional<Pin> rest = afterName(SlotSettings.of(slot).name(), pin);
            if (rest.isPresent()) {
                return new Credential(slot.number(), rest.get());
            }
        }
        return new Credential(0, pin.copy());
    }

    private static Credential ofCode(RecoveryCode code, Slots slots)
            throws TokenAuthenticationException, TokenProtocolException {
        Optional<KeySlot> slot = slots.find(Role.USER, code.number());
        if (slot.isEmpty() || !SlotSettings.of(slot.get()).isRecovery()) {
            code.close();
            throw new TokenAuthenticationException(
                    Status.ckr("CKR_PIN_INCORRECT"),
                    "this recovery code is none of the token's any more: it was removed, or the token was made anew",
                    OptionalInt.empty(),
                    null);
        }
        return new Credential(code.number(), code.secret());
    }

    /** Returns what stands behind a name and a colon, or empty if the PIN does not begin so. */
    static Optional<Pin> afterName(String name, Pin pin) {
        byte[] prefix = (name + SEPARATOR).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = pin.toUtf8();
        try {
            boolean named = !name.isEmpty()
                    && bytes.length >= prefix.length
                    && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
            if (!named) {
                return Optional.empty();
            }
            byte[] rest = Arrays.copyOfRange(bytes, prefix.length, bytes.length);
            try {
                return Optional.of(Pin.ofUtf8(rest));
            } finally {
                Arrays.fill(rest, (byte) 0);
            }
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Wipes it. */
    @Override
    public void close() {
        secret.close();
    }
}
