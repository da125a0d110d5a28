package org.symbolon;

import org.jspecify.annotations.Nullable;

/**
 * The token cannot be reached, does not answer in time, or the wait was interrupted.
 *
 * <p>Whether an operation that changes something was carried out is unknown.
 */
public final class TokenUnavailableException extends TokenException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     * @param cause what caused it, if anything did
     */
    public TokenUnavailableException(Status status, String detail, @Nullable Throwable cause) {
        super(status, detail, cause);
    }

    /**
     * Makes the exception without a cause.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     */
    public TokenUnavailableException(Status status, String detail) {
        this(status, detail, null);
    }
}
