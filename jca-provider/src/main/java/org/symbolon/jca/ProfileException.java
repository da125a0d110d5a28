package org.symbolon.jca;

import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** A provider's profile leads to no token, or to several. */
final class ProfileException extends GeneralSecurityException {
    private static final long serialVersionUID = 1;

    ProfileException(String message) {
        super(message);
    }

    /** The cause is why a token could not even be asked whether it is the one. */
    ProfileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
