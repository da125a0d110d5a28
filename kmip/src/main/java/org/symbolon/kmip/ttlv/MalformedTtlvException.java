package org.symbolon.kmip.ttlv;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a peer sent is no KMIP message. The message names tags, types, lengths and offsets, and never holds a value. */
public final class MalformedTtlvException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param message what is wrong, and where
     */
    public MalformedTtlvException(String message) {
        super(message);
    }

    /**
     * Makes one.
     *
     * @param message what is wrong, and where
     * @param cause what found it
     */
    public MalformedTtlvException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
