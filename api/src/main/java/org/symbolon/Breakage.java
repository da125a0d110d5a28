package org.symbolon;

import java.util.Set;

/** What a failure says of the session and the connection that it came by. */
enum Breakage {
    /** Nothing: the token answered. */
    NONE,
    /** The session is gone or logged out; the token refused before it began. */
    SESSION,
    /** The connection or the module is gone; what was asked may have been done. */
    CONNECTION;

    private static final Set<String> OF_SESSION =
            Set.of("CKR_SESSION_HANDLE_INVALID", "CKR_SESSION_CLOSED", "CKR_USER_NOT_LOGGED_IN");
    private static final Set<String> OF_CONNECTION = Set.of(
            "CKR_DEVICE_REMOVED",
            "CKR_DEVICE_ERROR",
            "CKR_TOKEN_NOT_PRESENT",
            "CKR_CRYPTOKI_NOT_INITIALIZED",
            "CKR_TOKEN_RESOURCE_EXCEEDED");

    /** Returns what a failure means. A missed deadline means nothing: the token may only be slow. */
    static Breakage of(TokenException failure) {
        String status = failure.status().name();
        if (OF_SESSION.contains(status)) {
            return SESSION;
        }
        boolean connection = failure instanceof TokenUnavailableException || failure instanceof TokenOperationException;
        return connection && OF_CONNECTION.contains(status) ? CONNECTION : NONE;
    }
}
