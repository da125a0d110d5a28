package org.symbolon;

import org.jspecify.annotations.Nullable;

/**
 * The peer broke the protocol, or stored data does not have the form that it must have.
 *
 * <p>Such as a truncated reply or a record that was tampered with.
 */
public final class TokenProtocolException extends TokenException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     * @param cause what caused it, if anything did
     */
    public TokenProtocolException(Status status, String detail, @Nullable Throwable cause) {
        super(status, detail, cause);
    }

    /**
     * Makes the exception without a cause.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     */
    public TokenProtocolException(Status status, String detail) {
        this(status, detail, null);
    }
}
