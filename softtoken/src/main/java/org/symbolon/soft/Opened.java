package org.symbolon.soft;

import org.jspecify.annotations.Nullable;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.SigningKey;

/**
 * What a PIN opened, for one session: {@link #leave} it.
 *
 * @param slot the key slot that it opened
 * @param unlocked the token's keys; null for an officer who cannot decrypt
 * @param signingKey what signs the token
 */
record Opened(KeySlot slot, @Nullable Unlocked unlocked, SigningKey signingKey) {

    /** Returns the token's keys: any PIN opens them but that of an officer who cannot decrypt. */
    Unlocked requireUnlocked() {
        if (unlocked == null) {
            throw new AssertionError("a user's PIN opens the token's keys");
        }
        return unlocked;
    }

    /** Counts one session less; an officer's own signing key is wiped. */
    void leave() {
        if (unlocked == null) {
            signingKey.close();
        } else {
            unlocked.leave();
        }
    }
}
