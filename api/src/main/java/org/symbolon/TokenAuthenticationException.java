package org.symbolon;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The token refuses the PIN or the identity: wrong, locked, expired, not initialised.
 *
 * <p>Such as CKR_PIN_INCORRECT or CKR_PIN_LOCKED. Whoever repeats a login with the same PIN brings the token closer to
 * being locked.
 */
public final class TokenAuthenticationException extends TokenException {
    private static final long serialVersionUID = 1;
    private static final int UNKNOWN = -1;

    private final int attemptsLeft;

    /**
     * Makes the exception.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     * @param attemptsLeft the number of tries before the PIN is locked, 0 if it is; empty if the token does not tell
     * @param cause what caused it, if anything did
     */
    public TokenAuthenticationException(
            Status status, String detail, OptionalInt attemptsLeft, @Nullable Throwable cause) {
        super(status, detail, cause);
        this.attemptsLeft = attemptsLeft.orElse(UNKNOWN);
    }

    /** {@return the number of tries before the PIN is locked, 0 if it is; empty if the token does not tell} */
    public OptionalInt attemptsLeft() {
        return attemptsLeft == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(attemptsLeft);
    }
}
