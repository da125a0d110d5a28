package org.symbolon.remote.oncrpc;

import org.ietf.jgss.GSSException;

/** Major status values as they travel (RFC 2744 section 3.9.1); Java numbers them otherwise. */
final class GssMajor {
    static final int COMPLETE = 0;
    static final int CONTINUE_NEEDED = 1;

    private static final int ROUTINE_ERROR_SHIFT = 16;
    private static final int NO_CRED = 7;
    private static final int DEFECTIVE_TOKEN = 9;
    private static final int CREDENTIALS_EXPIRED = 11;
    private static final int FAILURE = 13;

    private GssMajor() {}

    /** Returns the value for a failure; those that a client can do nothing about are one. */
    static int of(GSSException e) {
        int error = switch (e.getMajor()) {
            case GSSException.NO_CRED -> NO_CRED;
            case GSSException.DEFECTIVE_TOKEN -> DEFECTIVE_TOKEN;
            case GSSException.CREDENTIALS_EXPIRED -> CREDENTIALS_EXPIRED;
            default -> FAILURE;
        };
        return error << ROUTINE_ERROR_SHIFT;
    }

    /** Says what a server answered. */
    static String text(long major) {
        return switch ((int) (major >>> ROUTINE_ERROR_SHIFT)) {
            case NO_CRED -> "it has no key to accept tickets with";
            case DEFECTIVE_TOKEN -> "it cannot read the ticket: is it for this service, and are both clocks right?";
            case CREDENTIALS_EXPIRED -> "the ticket has expired";
            default -> "GSS-API major status 0x" + Long.toHexString(major);
        };
    }
}
