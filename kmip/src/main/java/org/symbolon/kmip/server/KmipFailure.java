package org.symbolon.kmip.server;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.symbolon.InvalidAttributeException;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.ttlv.KmipVersion;

/** An operation failed, with the reason that the client is told. Reasons are KMIP 2.1's; older clients get an older one. */
final class KmipFailure extends Exception {
    private static final long serialVersionUID = 1;

    private static final Map<ResultReason, ResultReason> OLDER = Map.ofEntries(
            Map.entry(ResultReason.OBJECT_NOT_FOUND, ResultReason.ITEM_NOT_FOUND),
            Map.entry(ResultReason.OBJECT_DESTROYED, ResultReason.ITEM_NOT_FOUND),
            Map.entry(ResultReason.ATTRIBUTE_NOT_FOUND, ResultReason.ITEM_NOT_FOUND),
            Map.entry(ResultReason.ATTRIBUTE_INSTANCE_NOT_FOUND, ResultReason.ITEM_NOT_FOUND),
            Map.entry(ResultReason.WRAPPING_OBJECT_NOT_FOUND, ResultReason.ITEM_NOT_FOUND),
            Map.entry(ResultReason.WRONG_KEY_LIFECYCLE_STATE, ResultReason.PERMISSION_DENIED),
            Map.entry(ResultReason.INCOMPATIBLE_CRYPTOGRAPHIC_USAGE_MASK, ResultReason.PERMISSION_DENIED),
            Map.entry(ResultReason.USAGE_LIMIT_EXCEEDED, ResultReason.PERMISSION_DENIED),
            Map.entry(ResultReason.ATTRIBUTE_READ_ONLY, ResultReason.PERMISSION_DENIED),
            Map.entry(ResultReason.SENSITIVE, ResultReason.PERMISSION_DENIED),
            Map.entry(ResultReason.NOT_EXTRACTABLE, ResultReason.PERMISSION_DENIED),
            Map.entry(ResultReason.ATTRIBUTE_SINGLE_VALUED, ResultReason.INVALID_FIELD),
            Map.entry(ResultReason.MULTI_VALUED_ATTRIBUTE, ResultReason.INVALID_FIELD),
            Map.entry(ResultReason.UNSUPPORTED_ATTRIBUTE, ResultReason.INVALID_FIELD),
            Map.entry(ResultReason.INVALID_ATTRIBUTE_VALUE, ResultReason.INVALID_FIELD),
            Map.entry(ResultReason.INVALID_OBJECT_TYPE, ResultReason.INVALID_FIELD),
            Map.entry(ResultReason.NON_UNIQUE_NAME_ATTRIBUTE, ResultReason.INVALID_FIELD),
            Map.entry(ResultReason.BAD_CRYPTOGRAPHIC_PARAMETERS, ResultReason.INVALID_FIELD),
            Map.entry(ResultReason.UNSUPPORTED_CRYPTOGRAPHIC_PARAMETERS, ResultReason.INVALID_FIELD),
            Map.entry(ResultReason.INVALID_CORRELATION_VALUE, ResultReason.INVALID_FIELD),
            Map.entry(ResultReason.INVALID_CSR, ResultReason.INVALID_FIELD),
            Map.entry(ResultReason.MISSING_INITIALIZATION_VECTOR, ResultReason.MISSING_DATA),
            Map.entry(ResultReason.KEY_WRAP_TYPE_NOT_SUPPORTED, ResultReason.FEATURE_NOT_SUPPORTED),
            Map.entry(ResultReason.INVALID_DATA_TYPE, ResultReason.INVALID_FIELD),
            Map.entry(ResultReason.INVALID_ASYNCHRONOUS_CORRELATION_VALUE, ResultReason.ITEM_NOT_FOUND),
            Map.entry(ResultReason.NOT_AUTHORIZED, ResultReason.PERMISSION_DENIED),
            Map.entry(ResultReason.NUMERIC_RANGE, ResultReason.INVALID_FIELD),
            Map.entry(ResultReason.CONSTRAINT_VIOLATION, ResultReason.INVALID_FIELD),
            Map.entry(ResultReason.UNSUPPORTED_PROTOCOL_VERSION, ResultReason.INVALID_MESSAGE),
            Map.entry(ResultReason.UNKNOWN_MESSAGE_EXTENSION, ResultReason.FEATURE_NOT_SUPPORTED));

    private final ResultReason reason;

    KmipFailure(ResultReason reason, String message) {
        this(reason, message, null);
    }

    KmipFailure(ResultReason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Returns what a client is told of a token's failure. */
    static KmipFailure of(TokenException failure) {
        ResultReason reason = ResultReason.GENERAL_FAILURE;
        if (failure instanceof ObjectNotFoundException) {
            reason = ResultReason.OBJECT_NOT_FOUND;
        } else if (failure instanceof TokenPermissionException) {
            reason = ResultReason.PERMISSION_DENIED;
        } else if (failure instanceof InvalidAttributeException) {
            reason = ResultReason.INVALID_FIELD;
        } else if (failure instanceof MechanismNotSupportedException) {
            reason = ResultReason.UNSUPPORTED_CRYPTOGRAPHIC_PARAMETERS;
        } else if (failure.status().name().equals("CKR_KEY_SIZE_RANGE")) {
            reason = ResultReason.INVALID_FIELD;
        } else if (failure.status().name().equals("CKR_KEY_UNEXTRACTABLE")) {
            reason = ResultReason.NOT_EXTRACTABLE;
        } else if (isCryptographic(failure)) {
            reason = ResultReason.CRYPTOGRAPHIC_FAILURE;
        }
        return new KmipFailure(reason, String.valueOf(failure.getMessage()), failure);
    }

    private static boolean isCryptographic(TokenException failure) {
        String status = failure.status().name();
        return status.startsWith("CKR_DATA_")
                || status.startsWith("CKR_ENCRYPTED_DATA_")
                || status.startsWith("CKR_WRAPPED_KEY_")
                || status.startsWith("CKR_SIGNATURE_")
                || status.equals("CKR_AEAD_DECRYPT_FAILED");
    }

    /** Returns whether this is the reason. */
    boolean is(ResultReason other) {
        return reason.equals(other);
    }

    /** Returns the reason in words of a version that the client speaks. */
    ResultReason reason(KmipVersion version) {
        boolean state = reason.equals(ResultReason.WRONG_KEY_LIFECYCLE_STATE)
                || reason.equals(ResultReason.USAGE_LIMIT_EXCEEDED);
        if (isIn(reason, version) && !(state && !version.isAtLeast(KmipVersion.V2_1))) {
            return reason; // 2.0 has these two reasons, and its test cases expect the older one
        }
        ResultReason older = OLDER.getOrDefault(reason, ResultReason.GENERAL_FAILURE);
        return isIn(older, version) ? older : ResultReason.GENERAL_FAILURE;
    }

    private static boolean isIn(ResultReason reason, KmipVersion version) {
        return reason.table()
                .value(reason.value())
                .filter(value -> value.versions().includes(version))
                .isPresent();
    }
}
