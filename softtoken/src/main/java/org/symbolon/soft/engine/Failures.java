package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import org.symbolon.InvalidAttributeException;
import org.symbolon.Mechanism;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismParameters;
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
        return new MechanismNotSupportedException(Status.ckr("CKR_MECHANISM_PARAM_INVALID"), detail);
    }

    /** The one answer to a ciphertext that is not what this key makes, whatever is wrong with it. */
    static TokenException doesNotOpen() {
        return operation("CKR_ENCRYPTED_DATA_INVALID", "the ciphertext does not open with this key");
    }

    static void requireNoParameters(Mechanism mechanism) throws TokenException {
        if (!(mechanism.parameters() instanceof MechanismParameters.None)) {
            throw parameter(mechanism + " has no parameters");
        }
    }

    static TokenException value(String detail) {
        return new InvalidAttributeException(Status.ckr("CKR_ATTRIBUTE_VALUE_INVALID"), detail);
    }

    static TokenException engine(GeneralSecurityException e) {
        return new TokenOperationException(
                Status.ckr("CKR_FUNCTION_FAILED"), "the engine refuses: " + e.getMessage(), e);
    }
}
