package org.symbolon.remote.rpc;

import java.io.IOException;

/** Bytes that are no message of the protocol. Its text says what was wrong and where, and shows none of the bytes. */
public final class MalformedMessageException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedMessageException(String message) {
        super(message);
    }
}
