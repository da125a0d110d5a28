package org.symbolon;

import org.jspecify.annotations.Nullable;

/**
 * The operation was carried out and failed, or the token has no such operation.
 *
 * <p>Such as CKR_ENCRYPTED_DATA_INVALID, CKR_FUNCTION_NOT_SUPPORTED or CKR_DEVICE_MEMORY.
 */
public final class TokenOperationException extends TokenException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     * @param cause what caused it, if anything did
     */
    public TokenOperationException(Status status, String detail, @Nullable Throwable cause) {
        super(status, detail, cause);
    }

    /**
     * Makes the exception without a cause.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     */
    public TokenOperationException(Status status, String detail) {
        this(status, detail, null);
    }
}
