package org.symbolon.kmip.token;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
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
import org.symbolon.kmip.ttlv.MalformedTtlvException;

/** What PKCS #11 says where a server refuses; the server's own word is in the message and the cause. */
final class Refusals {
    private Refusals() {}

    /**
     * Returns a refusal as the session tells it: with PKCS #11's status, where a server gave its own, and without what the token in memory
     * was asked, which nobody outside knows.
     */
    static TokenException inPkcs11(TokenException refusal) {
        boolean own = refusal.status().name().startsWith("CKR_");
        String message = String.valueOf(refusal.getMessage());
        if (own && message.startsWith(refusal.status().name())) {
            return refusal;
        }
        String detail = own ? refusal.detail() : message;
        if (refusal instanceof ObjectNotFoundException) {
            return new ObjectNotFoundException(status(refusal, "CKR_OBJECT_HANDLE_INVALID"), detail, refusal);
        } else if (refusal instanceof TokenPermissionException) {
            return new TokenPermissionException(status(refusal, "CKR_ACTION_PROHIBITED"), detail, refusal);
        } else if (refusal instanceof MechanismNotSupportedException) {
            return new MechanismNotSupportedException(status(refusal, "CKR_MECHANISM_INVALID"), detail, refusal);
        } else if (refusal instanceof InvalidAttributeException) {
            return new InvalidAttributeException(status(refusal, "CKR_ATTRIBUTE_VALUE_INVALID"), detail, refusal);
        } else if (refusal instanceof TokenAuthenticationException) {
            return new TokenAuthenticationException(
                    status(refusal, "CKR_PIN_INCORRECT"), detail, OptionalInt.empty(), refusal);
        } else if (refusal instanceof TokenProtocolException) {
            return new TokenProtocolException(status(refusal, "CKR_DEVICE_ERROR"), detail, refusal);
        } else if (refusal instanceof TokenUnavailableException) {
            return new TokenUnavailableException(status(refusal, "CKR_DEVICE_ERROR"), detail, refusal);
        }
        return new TokenOperationException(status(refusal, "CKR_FUNCTION_FAILED"), detail, refusal);
    }

    /**
     * Returns whether an attribute may be why a server refused: some do not even parse a message that has one they do not know. An
     * answer that cannot be read here is no refusal: what was asked was done.
     */
    static boolean mayBeForAnAttribute(@Nullable TokenException refusal) {
        return refusal instanceof InvalidAttributeException
                || refusal instanceof TokenOperationException
                || (refusal instanceof TokenProtocolException
                        && refusal.status().name().equals("InvalidMessage")
                        && !(refusal.getCause() instanceof MalformedTtlvException));
    }

    private static Status status(TokenException refusal, String otherwise) {
        return refusal.status().name().startsWith("CKR_") ? refusal.status() : Status.ckr(otherwise);
    }

    static InvalidAttributeException attribute(String status, String detail) {
        return new InvalidAttributeException(Status.ckr(status), detail);
    }

    static TokenPermissionException permission(String status, String detail) {
        return new TokenPermissionException(Status.ckr(status), detail);
    }

    static MechanismNotSupportedException mechanism(String detail) {
        return new MechanismNotSupportedException(Status.ckr("CKR_MECHANISM_INVALID"), detail);
    }

    static ObjectNotFoundException gone(String id) {
        return new ObjectNotFoundException(
                Status.ckr("CKR_OBJECT_HANDLE_INVALID"), "the server has no object " + id + " for this session");
    }
}
