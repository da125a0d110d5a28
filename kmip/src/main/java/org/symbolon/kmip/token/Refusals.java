package org.symbolon.kmip.token;

import java.util.OptionalInt;
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

/** What PKCS #11 says where a server refuses; the server's own word is in the message and the cause. */
final class Refusals {
    private Refusals() {}

    /** Returns a server's refusal with PKCS #11's status; what has one already is left as it is. */
    static TokenException inPkcs11(TokenException refusal) {
        if (refusal.status().name().startsWith("CKR_")) {
            return refusal;
        }
        String detail = String.valueOf(refusal.getMessage());
        if (refusal instanceof ObjectNotFoundException) {
            return new ObjectNotFoundException(Status.ckr("CKR_OBJECT_HANDLE_INVALID"), detail, refusal);
        } else if (refusal instanceof TokenPermissionException) {
            return new TokenPermissionException(Status.ckr("CKR_ACTION_PROHIBITED"), detail, refusal);
        } else if (refusal instanceof MechanismNotSupportedException) {
            return new MechanismNotSupportedException(Status.ckr("CKR_MECHANISM_INVALID"), detail, refusal);
        } else if (refusal instanceof InvalidAttributeException) {
            return new InvalidAttributeException(Status.ckr("CKR_ATTRIBUTE_VALUE_INVALID"), detail, refusal);
        } else if (refusal instanceof TokenAuthenticationException) {
            return new TokenAuthenticationException(
                    Status.ckr("CKR_PIN_INCORRECT"), detail, OptionalInt.empty(), refusal);
        } else if (refusal instanceof TokenProtocolException) {
            return new TokenProtocolException(Status.ckr("CKR_DEVICE_ERROR"), detail, refusal);
        } else if (refusal instanceof TokenUnavailableException) {
            return new TokenUnavailableException(Status.ckr("CKR_DEVICE_ERROR"), detail, refusal);
        }
        return new TokenOperationException(Status.ckr("CKR_FUNCTION_FAILED"), detail, refusal);
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
