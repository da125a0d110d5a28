package org.symbolon;

import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * A token could not do what it was asked: one of nine kinds, each a subclass.
 *
 * <p>The message says what was asked, of which token and object, and what came back: {@code Sign with CKM_ECDSA by
 * private key "ssh-ca" in token "Team": CKR_KEY_FUNCTION_NOT_PERMITTED: CKA_SIGN is false}. It never holds a secret.
 */
public abstract sealed class TokenException extends GeneralSecurityException
        permits TokenUnavailableException,
                TokenAuthenticationException,
                TokenPermissionException,
                ObjectNotFoundException,
                AmbiguousObjectException,
                MechanismNotSupportedException,
                InvalidAttributeException,
                TokenProtocolException,
                TokenOperationException {
    private static final long serialVersionUID = 1;

    private final Status status;
    private final String detail;
    private @Nullable String asked;

    TokenException(Status status, String detail, @Nullable Throwable cause) {
        super(cause);
        this.status = status;
        this.detail = detail;
    }

    /** {@return the peer's own status, such as CKR_PIN_INCORRECT or KMIP's ItemNotFound} */
    public Status status() {
        return status;
    }

    /** {@return what came back, in words, without what was asked} */
    public String detail() {
        return detail;
    }

    /**
     * Adds to the message what was asked, unless something further down has already said so.
     *
     * @param request what was asked, of which token and object
     */
    void addContext(String request) {
        if (asked == null) {
            asked = request;
        }
    }

    @Override
    public String getMessage() {
        String answer = detail.isEmpty() ? status.name() : status.name() + ": " + detail;
        return asked == null ? answer : asked + ": " + answer;
    }
}
