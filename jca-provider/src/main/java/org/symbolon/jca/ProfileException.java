package org.symbolon.jca;

import java.security.GeneralSecurityException;

/** A provider's profile leads to no token, or to several. */
final class ProfileException extends GeneralSecurityException {
    private static final long serialVersionUID = 1;

    ProfileException(String message) {
        super(message);
    }
}
