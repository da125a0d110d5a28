package org.symbolon.soft;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.SecretBytes;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.seal.Argon2id;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.SigningKey;
import org.symbolon.soft.seal.TokenKeys;
import org.symbolon.soft.seal.TokenRecord;

/**
 * Seals key slots as a module's settings say: with their key derivation, no weaker than before, and bound to their host
 * secret.
 *
 * @param settings the settings
 * @param hostSecrets their host secrets
 */
record SlotSealer(SoftSettings settings, HostSecrets hostSecrets) {
    SlotSealer(SoftSettings settings) {
        this(settings, new HostSecrets(settings));
    }

    /**
     * Returns a key slot with a token's keys in it; where an officer who cannot decrypt opens it, with the signing key.
     *
     * @param record the token
     * @param role whose
     * @param number which of the role's slots
     * @param own what it says of itself
     * @param secret the PIN or recovery code
     * @param keys the keys; null for such an officer
     * @param signingKey the signing key
     * @param floor the slot whose key derivation is the weakest that is taken
     */
    KeySlot seal(
            TokenRecord record,
            Role role,
            int number,
            SlotSettings own,
            Pin secret,
            @Nullable TokenKeys keys,
            SigningKey signingKey,
            Optional<KeySlot> floor)
            throws TokenException {
        // A recovery code cannot be guessed, and is for the day on which the host secret is lost.
        String fingerprint = own.isRecovery() ? null : hostSecrets.fingerprint(record.uuid());
        KeySlot empty = KeySlot.empty(role, number, kdf(floor), fingerprint, record.masterVersion(), own.toBytes());
        try (@Nullable SecretBytes answer = fingerprint == null ? null : hostSecrets.answerForSealing(record.uuid(), empty)) {
            return keys == null
                    ? empty.seal(record.uuid(), secret, answer, signingKey)
                    : empty.seal(record.uuid(), secret, answer, keys);
        }
    }

    /** Returns the first key slot of a role in a new token with the settings' policy. */
    KeySlot sealFirst(TokenRecord record, Role role, Pin pin, TokenKeys keys, SigningKey signingKey)
            throws TokenException {
        boolean signs = role == Role.SECURITY_OFFICER && record.soMode() == TokenRecord.SO_SIGNS;
        SlotSettings own = SlotSettings.ofNewPin(record, "", false);
        return seal(record, role, 0, own, pin, signs ? null : keys, signingKey, Optional.empty());
    }

    /** Returns the key derivation of the settings, no weaker than that of a slot. */
    Argon2id kdf(Optional<KeySlot> floor) throws TokenException {
        Argon2id wanted = settings.kdf().argon2id();
        try {
            return floor.map(slot -> wanted.atLeast(Argon2id.parse(slot.kdf()))).orElse(wanted);
        } catch (IllegalArgumentException e) {
            throw new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"), "the key slot cannot be replaced: " + e.getMessage(), e);
        }
    }
}
