package org.symbolon.remote.client;

import java.util.Map;
import java.util.OptionalInt;
import org.symbolon.InvalidAttributeException;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenPermissionException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.remote.rpc.RpcMessage;

/** Tells which kind of failure a return value of PKCS #11 is. */
final class Failures {
    /** The kinds that return values belong to; all others are failures of the operation. */
    private enum Kind {
        AUTHENTICATION,
        PERMISSION,
        NOT_FOUND,
        MECHANISM,
        ATTRIBUTE,
        UNAVAILABLE
    }

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("CKR_PIN_INCORRECT", Kind.AUTHENTICATION),
            Map.entry("CKR_PIN_INVALID", Kind.AUTHENTICATION),
            Map.entry("CKR_PIN_LEN_RANGE", Kind.AUTHENTICATION),
            Map.entry("CKR_PIN_EXPIRED", Kind.AUTHENTICATION),
            Map.entry("CKR_PIN_LOCKED", Kind.AUTHENTICATION),
            Map.entry("CKR_PIN_TOO_WEAK", Kind.AUTHENTICATION),
            Map.entry("CKR_USER_PIN_NOT_INITIALIZED", Kind.AUTHENTICATION),
            Map.entry("CKR_USER_NOT_LOGGED_IN", Kind.PERMISSION),
            Map.entry("CKR_USER_TYPE_INVALID", Kind.PERMISSION),
            Map.entry("CKR_KEY_FUNCTION_NOT_PERMITTED", Kind.PERMISSION),
            Map.entry("CKR_KEY_UNEXTRACTABLE", Kind.PERMISSION),
            Map.entry("CKR_SESSION_READ_ONLY", Kind.PERMISSION),
            Map.entry("CKR_SESSION_READ_ONLY_EXISTS", Kind.PERMISSION),
            Map.entry("CKR_TOKEN_WRITE_PROTECTED", Kind.PERMISSION),
            Map.entry("CKR_ACTION_PROHIBITED", Kind.PERMISSION),
            Map.entry("CKR_OBJECT_HANDLE_INVALID", Kind.NOT_FOUND),
            Map.entry("CKR_KEY_HANDLE_INVALID", Kind.NOT_FOUND),
            Map.entry("CKR_WRAPPING_KEY_HANDLE_INVALID", Kind.NOT_FOUND),
            Map.entry("CKR_UNWRAPPING_KEY_HANDLE_INVALID", Kind.NOT_FOUND),
            Map.entry("CKR_MECHANISM_INVALID", Kind.MECHANISM),
            Map.entry("CKR_MECHANISM_PARAM_INVALID", Kind.MECHANISM),
            Map.entry("CKR_KEY_TYPE_INCONSISTENT", Kind.MECHANISM),
            Map.entry("CKR_CURVE_NOT_SUPPORTED", Kind.MECHANISM),
            Map.entry("CKR_ATTRIBUTE_READ_ONLY", Kind.ATTRIBUTE),
            Map.entry("CKR_ATTRIBUTE_SENSITIVE", Kind.ATTRIBUTE),
            Map.entry("CKR_ATTRIBUTE_TYPE_INVALID", Kind.ATTRIBUTE),
            Map.entry("CKR_ATTRIBUTE_VALUE_INVALID", Kind.ATTRIBUTE),
            Map.entry("CKR_TEMPLATE_INCOMPLETE", Kind.ATTRIBUTE),
            Map.entry("CKR_TEMPLATE_INCONSISTENT", Kind.ATTRIBUTE),
            Map.entry("CKR_DOMAIN_PARAMS_INVALID", Kind.ATTRIBUTE),
            Map.entry("CKR_KEY_SIZE_RANGE", Kind.ATTRIBUTE),
            Map.entry("CKR_DEVICE_ERROR", Kind.UNAVAILABLE),
            Map.entry("CKR_DEVICE_REMOVED", Kind.UNAVAILABLE),
            Map.entry("CKR_TOKEN_NOT_PRESENT", Kind.UNAVAILABLE),
            Map.entry("CKR_TOKEN_NOT_RECOGNIZED", Kind.UNAVAILABLE),
            Map.entry("CKR_SLOT_ID_INVALID", Kind.UNAVAILABLE),
            Map.entry("CKR_SESSION_CLOSED", Kind.UNAVAILABLE),
            Map.entry("CKR_SESSION_HANDLE_INVALID", Kind.UNAVAILABLE),
            Map.entry("CKR_SESSION_COUNT", Kind.UNAVAILABLE),
            Map.entry("CKR_CRYPTOKI_NOT_INITIALIZED", Kind.UNAVAILABLE));

    private Failures() {}

    /** Throws what a reply says went wrong, if anything did. */
    static void check(RpcMessage reply) throws TokenException {
        if (reply.failure() != 0) {
            throw of(reply.failure());
        }
    }

    /** Returns whether a reply says that one thing went wrong. */
    static boolean is(RpcMessage reply, String status) {
        return reply.failure() == Status.ckr(status).code();
    }

    static TokenException of(long returnValue) {
        return of(Status.ckr(returnValue), "");
    }

    static TokenException of(Status status, String detail) {
        Kind kind = KINDS.get(status.name());
        if (kind == null) {
            return new TokenOperationException(status, detail);
        }
        return switch (kind) {
            case AUTHENTICATION -> new TokenAuthenticationException(status, detail, OptionalInt.empty(), null);
            case PERMISSION -> new TokenPermissionException(status, detail);
            case NOT_FOUND -> new ObjectNotFoundException(status, detail);
            case MECHANISM -> new MechanismNotSupportedException(status, detail);
            case ATTRIBUTE -> new InvalidAttributeException(status, detail);
            case UNAVAILABLE -> new TokenUnavailableException(status, detail);
        };
    }
}
