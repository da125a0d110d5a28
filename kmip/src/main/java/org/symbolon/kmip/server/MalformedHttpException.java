package org.symbolon.kmip.server;

import java.io.IOException;

/** What a client sent is no HTTP that is served here. */
final class MalformedHttpException extends IOException {
    private static final long serialVersionUID = 1;

    private final HttpStatus status;

    MalformedHttpException(HttpStatus status, String message) {
        super(message);
        this.status = status;
    }

    /** Returns what the client is told, before its connection ends. */
    HttpStatus status() {
        return status;
    }
}
