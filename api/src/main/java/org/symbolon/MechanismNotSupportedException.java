package org.symbolon;

import org.jspecify.annotations.Nullable;

/**
 * The token does not have the mechanism, or not for this function, key type, size or parameter.
 *
 * <p>Such as CKR_MECHANISM_INVALID or CKR_KEY_TYPE_INCONSISTENT.
 */
public final class MechanismNotSupportedException extends TokenException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     * @param cause what caused it, if anything did
     */
    public MechanismNotSupportedException(Status status, String detail, @Nullable Throwable cause) {
        super(status, detail, cause);
    }

    /**
     * Makes the exception without a cause.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     */
    public MechanismNotSupportedException(Status status, String detail) {
        this(status, detail, null);
    }
}
