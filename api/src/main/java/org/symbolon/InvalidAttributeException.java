package org.symbolon;

import org.jspecify.annotations.Nullable;

/**
 * An attribute or template is not valid for the object; the message names the attribute.
 *
 * <p>Such as CKR_TEMPLATE_INCOMPLETE or CKR_ATTRIBUTE_VALUE_INVALID.
 */
public final class InvalidAttributeException extends TokenException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     * @param cause what caused it, if anything did
     */
    public InvalidAttributeException(Status status, String detail, @Nullable Throwable cause) {
        super(status, detail, cause);
    }

    /**
     * Makes the exception without a cause.
     *
     * @param status the peer's own status
     * @param detail what is wrong, in words; without secrets
     */
    public InvalidAttributeException(Status status, String detail) {
        this(status, detail, null);
    }
}
