package org.symbolon.kmip.server;

/** A client is not let in. The message is for the server's log; it names no secret. */
public final class KmipAuthenticationException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param message what was wrong
     */
    public KmipAuthenticationException(String message) {
        super(message);
    }
}
