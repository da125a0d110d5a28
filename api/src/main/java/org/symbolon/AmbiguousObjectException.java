package org.symbolon;

import org.jspecify.annotations.Nullable;

/**
 * Several objects match where one is wanted; the message lists some of them.
 */
public final class AmbiguousObjectException extends TokenException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     * @param cause what caused it, if anything did
     */
    public AmbiguousObjectException(Status status, String detail, @Nullable Throwable cause) {
        super(status, detail, cause);
    }

    /**
     * Makes the exception without a cause.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     */
    public AmbiguousObjectException(Status status, String detail) {
        this(status, detail, null);
    }
}
