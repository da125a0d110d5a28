package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import org.symbolon.InvalidAttributeException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;

/** The failures of engines, in PKCS #11's words. */
final class Failures {
    private Failures() {}

    static TokenException operation(String status, String detail) {
        return new TokenOperationException(Status.ckr(status), detail);
    }

    static TokenException parameter(String detail) {
        return operation("CKR_MECHANISM_PARAM_INVALID", detail);
    }

    static TokenException value(String detail) {
        return new InvalidAttributeException(Status.ckr("CKR_ATTRIBUTE_VALUE_INVALID"), detail);
    }

    static TokenException engine(GeneralSecurityException e) {
        return new TokenOperationException(
                Status.ckr("CKR_FUNCTION_FAILED"), "the engine refuses: " + e.getMessage(), e);
    }
}
