package org.symbolon.kmip;

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
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.enumeration.ResultReason;

/** Which kind of failure a result reason is (KMIP 2.1 section 11.48). Reasons that stand nowhere here are failures of the operation. */
enum ResultKind {
    AUTHENTICATION,
    PERMISSION,
    NOT_FOUND,
    MECHANISM,
    ATTRIBUTE,
    PROTOCOL,
    UNAVAILABLE,
    OPERATION;

    private static final int MAX_MESSAGE = 400;

    private static final Map<String, ResultKind> BY_REASON = Map.ofEntries(
            Map.entry("AuthenticationNotSuccessful", AUTHENTICATION),
            Map.entry("AttestationRequired", AUTHENTICATION),
            Map.entry("AttestationFailed", AUTHENTICATION),
            Map.entry("InvalidTicket", AUTHENTICATION),
            Map.entry("UsageLimitExceeded", PERMISSION),
            Map.entry("PermissionDenied", PERMISSION),
            Map.entry("NotAuthorized", PERMISSION),
            Map.entry("Sensitive", PERMISSION),
            Map.entry("NotExtractable", PERMISSION),
            Map.entry("KeyValueNotPresent", PERMISSION),
            Map.entry("WrongKeyLifecycleState", PERMISSION),
            Map.entry("IncompatibleCryptographicUsageMask", PERMISSION),
            Map.entry("ConstraintViolation", PERMISSION),
            Map.entry("ItemNotFound", NOT_FOUND),
            Map.entry("ObjectNotFound", NOT_FOUND),
            Map.entry("ObjectDestroyed", NOT_FOUND),
            Map.entry("OperationNotSupported", MECHANISM),
            Map.entry("FeatureNotSupported", MECHANISM),
            Map.entry("KeyFormatTypeNotSupported", MECHANISM),
            Map.entry("KeyCompressionTypeNotSupported", MECHANISM),
            Map.entry("KeyWrapTypeNotSupported", MECHANISM),
            Map.entry("BadCryptographicParameters", MECHANISM),
            Map.entry("UnsupportedCryptographicParameters", MECHANISM),
            Map.entry("UnsupportedAttribute", ATTRIBUTE),
            Map.entry("InvalidField", ATTRIBUTE),
            Map.entry("MissingData", ATTRIBUTE),
            Map.entry("IndexOutOfBounds", ATTRIBUTE),
            Map.entry("ApplicationNamespaceNotSupported", ATTRIBUTE),
            Map.entry("InvalidAttribute", ATTRIBUTE),
            Map.entry("InvalidAttributeValue", ATTRIBUTE),
            Map.entry("AttributeNotFound", ATTRIBUTE),
            Map.entry("AttributeReadOnly", ATTRIBUTE),
            Map.entry("AttributeSingleValued", ATTRIBUTE),
            Map.entry("InvalidMessage", PROTOCOL),
            Map.entry("UnsupportedProtocolVersion", PROTOCOL),
            Map.entry("ServerLimitExceeded", UNAVAILABLE));

    /** {@return the kind of a reason} */
    static ResultKind of(ResultReason reason) {
        return BY_REASON.getOrDefault(reason.xmlName(), OPERATION);
    }

    /** {@return the failure that a reason is} */
    static TokenException exception(ResultReason reason, String asked, String serverMessage) {
        Status status = new Status(reason.xmlName(), reason.value());
        String detail = asked + (serverMessage.isEmpty() ? "" : ": " + printable(serverMessage));
        return switch (of(reason)) {
            case AUTHENTICATION -> new TokenAuthenticationException(status, detail, OptionalInt.empty(), null);
            case PERMISSION -> new TokenPermissionException(status, detail);
            case NOT_FOUND -> new ObjectNotFoundException(status, detail);
            case MECHANISM -> new MechanismNotSupportedException(status, detail);
            case ATTRIBUTE -> new InvalidAttributeException(status, detail);
            case PROTOCOL -> new TokenProtocolException(status, detail);
            case UNAVAILABLE -> new TokenUnavailableException(status, detail);
            case OPERATION -> new TokenOperationException(status, detail);
        };
    }

    private static String printable(String message) {
        String clean = message.replaceAll("\\p{Cntrl}+", " ");
        return clean.length() <= MAX_MESSAGE ? clean : clean.substring(0, MAX_MESSAGE) + "…";
    }
}
