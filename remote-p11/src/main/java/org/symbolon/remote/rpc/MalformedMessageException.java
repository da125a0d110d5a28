package org.symbolon.remote.rpc;

import java.io.IOException;

/** Bytes that are no message of the protocol. Its text says what was wrong and where, and shows none of the bytes. */
public final class MalformedMessageException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message what was wrong and where, without any of the bytes
     */
    public MalformedMessageException(String message) {
        super(message);
    }
}
