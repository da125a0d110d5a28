package org.symbolon.kmip;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;

/** Marks the failure of an item to which no answer came, though answers to others of its batch did. */
final class MissingAnswer extends IOException {
    private static final long serialVersionUID = 1;

    MissingAnswer(String message) {
        super(message);
    }

    static boolean isCauseOf(@Nullable TokenException failure) {
        return failure != null && failure.getCause() instanceof MissingAnswer;
    }
}
