package org.symbolon.remote.client;

import java.io.IOException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.remote.rpc.MalformedMessageException;

/** A connection ended while it was used; whether the peer did what it was last asked is not known. */
final class ConnectionLostException extends IOException {
    private static final long serialVersionUID = 1;

    private final String peer;

    ConnectionLostException(String peer, String lastWords, IOException cause) {
        super(reason(cause) + (lastWords.isEmpty() ? "" : " (" + lastWords + ")"), cause);
        this.peer = peer;
    }

    private static String reason(IOException cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    TokenException toTokenException() {
        if (getCause() instanceof MalformedMessageException) {
            return new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"), peer + " broke the protocol: " + getMessage(), this);
        }
        return new TokenUnavailableException(
                Status.ckr("CKR_DEVICE_ERROR"),
                "the connection to " + peer + " was lost: " + getMessage() + "; whether it was done is not known",
                this);
    }
}
