package org.symbolon.soft;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.soft.seal.KeySlot;

/** The host secrets of a module, and which of them a key slot wants. */
final class HostSecrets {
    /** So short that it tells nothing of a secret, and long enough to tell a wrong one before a PIN is tried. */
    private static final int FINGERPRINT_BYTES = 4;

    private final Optional<HostSecret> current;
    private final List<HostSecret> all;

    HostSecrets(SoftSettings settings) {
        this.current = settings.hostSecret();
        this.all = Stream.concat(current.stream(), settings.formerHostSecret().stream())
                .toList();
    }

    /** Returns the fingerprint of the secret that PINs are bound to from now on; null if there is none. */
    @Nullable String fingerprint(UUID token) throws TokenException {
        return current.isPresent() ? fingerprint(current.get(), token) : null;
    }

    /** Returns what the current secret answers for a slot that is to be sealed; null if there is none. */
    @Nullable SecretBytes answerForSealing(UUID token, KeySlot slot) throws TokenException {
        return current.isPresent() ? current.get().answer(slot.hostChallenge(token)) : null;
    }

    /**
     * Returns what the secret that a slot wants answers; null if it wants none.
     *
     * @throws TokenOperationException if it wants one that is not here
     */
    @Nullable SecretBytes answer(UUID token, KeySlot slot) throws TokenException {
        String wanted = slot.hostSecret();
        if (wanted == null) {
            return null;
        }
        for (HostSecret secret : all) {
            if (fingerprint(secret, token).equals(wanted)) {
                return secret.answer(slot.hostChallenge(token));
            }
        }
        throw new TokenOperationException(
                Status.ckr("CKR_DEVICE_ERROR"),
                all.isEmpty()
                        ? "the PIN opens the token only together with the host secret " + wanted
                                + ", and none is configured: set " + SoftSettings.HOST_SECRET + "; no try was spent"
                        : "the host secret that is configured is not the one that the PIN is bound to (" + wanted
                                + "); no try was spent");
    }

    private static String fingerprint(HostSecret secret, UUID token) throws TokenException {
        try (SecretBytes answer = secret.answer(KeySlot.fingerprintChallenge(token))) {
            return Bytes.wrap(Arrays.copyOf(answer.sharedArray(), FINGERPRINT_BYTES))
                    .toHex();
        }
    }
}
