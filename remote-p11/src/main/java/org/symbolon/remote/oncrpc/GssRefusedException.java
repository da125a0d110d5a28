package org.symbolon.remote.oncrpc;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The server does not let the caller in, or cannot prove who it is. Its text says why. */
public final class GssRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message why
     * @param cause what was thrown, if anything was
     */
    public GssRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
