package org.symbolon;

import org.jspecify.annotations.Nullable;

/**
 * The object does not exist, or this session may not see it: the two are never told apart.
 *
 * <p>Such as CKR_OBJECT_HANDLE_INVALID.
 */
public final class ObjectNotFoundException extends TokenException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     * @param cause what caused it, if anything did
     */
    public ObjectNotFoundException(Status status, String detail, @Nullable Throwable cause) {
        super(status, detail, cause);
    }

    /**
     * Makes the exception without a cause.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     */
    public ObjectNotFoundException(Status status, String detail) {
        this(status, detail, null);
    }
}
