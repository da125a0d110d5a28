package org.symbolon.kmip;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;

/**
 * Marks the refusal of a message as a whole: the server did nothing of it. It is the cause of a refusal that says Invalid Message, which
 * a correlation value or another version may have brought about, and suppressed by any other.
 */
final class RefusedMessage extends IOException {
    private static final long serialVersionUID = 1;

    RefusedMessage(@Nullable String message) {
        super(message);
    }

    /** {@return whether a failure is the refusal of a whole message} */
    static boolean isMarkOf(TokenException failure) {
        return failure.getCause() instanceof RefusedMessage
                || Arrays.stream(failure.getSuppressed()).anyMatch(RefusedMessage.class::isInstance);
    }
}
