package org.symbolon.kmip;

import java.io.IOException;

/** A request of which no byte was sent, because no connection came about. */
final class NotSentException extends IOException {
    private static final long serialVersionUID = 1;

    NotSentException(IOException cause) {
        super(cause.getMessage(), cause);
    }

    IOException why() {
        return getCause() instanceof IOException why ? why : this;
    }
}
