package org.symbolon;

import org.jspecify.annotations.Nullable;

/**
 * The token, the key or a policy does not allow the operation to this session.
 *
 * <p>Such as CKR_KEY_FUNCTION_NOT_PERMITTED, CKR_USER_NOT_LOGGED_IN or CKR_SESSION_READ_ONLY.
 */
public final class TokenPermissionException extends TokenException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     * @param cause what caused it, if anything did
     */
    public TokenPermissionException(Status status, String detail, @Nullable Throwable cause) {
        super(status, detail, cause);
    }

    /**
     * Makes the exception without a cause.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     */
    public TokenPermissionException(Status status, String detail) {
        this(status, detail, null);
    }
}
