package org.symbolon.kmip;

import java.io.IOException;
import org.symbolon.Status;
import org.symbolon.TokenUnavailableException;

/** A request that a node did not answer. */
final class LostException extends IOException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** What became of the request. */
    enum Kind {
        /** All connections to the node are in use: nothing was sent, and nothing is wrong with the node. */
        BUSY,
        /** No connection came about: nothing was sent. */
        NOT_SENT,
        /** A connection that had idled had ended: the server may have seen the request, most likely it did not. */
        STALE,
        /** The server, or the way to it, ended the connection: it may have done what was asked, but does it no more. */
        ENDED,
        /** No answer came in time: the server may have done what was asked, or do it later. */
        SILENT
    }

    LostException(Kind kind, String message, IOException cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /** {@return whether the server has certainly not seen the request} */
    boolean isNotSent() {
        return kind == Kind.BUSY || kind == Kind.NOT_SENT;
    }

    /** {@return the failure as callers see it} */
    TokenUnavailableException toTokenException() {
        return new TokenUnavailableException(
                new Status("GeneralFailure", 0x100), String.valueOf(getMessage()), getCause());
    }
}
