package org.symbolon.remote.server;

import java.util.Map;
import java.util.Objects;
import org.symbolon.AmbiguousObjectException;
import org.symbolon.InvalidAttributeException;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenPermissionException;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;

/** How functions of PKCS #11 refuse: by a return value and, for the log, in words. */
final class Refusal {
    /** The return values for failures of tokens that do not speak PKCS #11. */
    private static final Map<Class<? extends TokenException>, Status> BY_KIND = Map.of(
            TokenUnavailableException.class, Status.ckr("CKR_DEVICE_ERROR"),
            TokenAuthenticationException.class, Status.ckr("CKR_PIN_INCORRECT"),
            TokenPermissionException.class, Status.ckr("CKR_KEY_FUNCTION_NOT_PERMITTED"),
            ObjectNotFoundException.class, Status.ckr("CKR_OBJECT_HANDLE_INVALID"),
            AmbiguousObjectException.class, Status.ckr("CKR_OBJECT_HANDLE_INVALID"),
            MechanismNotSupportedException.class, Status.ckr("CKR_MECHANISM_INVALID"),
            InvalidAttributeException.class, Status.ckr("CKR_ATTRIBUTE_VALUE_INVALID"),
            TokenProtocolException.class, Status.ckr("CKR_DEVICE_ERROR"),
            TokenOperationException.class, Status.ckr("CKR_FUNCTION_FAILED"));

    private Refusal() {}

    /** Returns the refusal of a return value, such as {@code CKR_SESSION_HANDLE_INVALID}. */
    static TokenException of(String returnValue, String detail) {
        return new TokenOperationException(Status.ckr(returnValue), detail);
    }

    /** Returns the return value that says why a token failed, as well as PKCS #11 can. */
    static Status returnValue(TokenException failure) {
        Status status = failure.status();
        return status.name().startsWith("CKR_")
                ? status
                : Objects.requireNonNull(BY_KIND.get(failure.getClass()), "a kind of failure without a return value");
    }
}
