package org.symbolon.kmip;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.kmip.ttlv.MalformedTtlvException;

/** Marks an answer that is not to what was asked: that may be the next on its connection, which is used no more. */
final class MixedUpAnswer extends IOException {
    private static final long serialVersionUID = 1;

    private MixedUpAnswer() {
        super("the answer is to something else");
    }

    /** {@return what says so of an answer} */
    static MalformedTtlvException problem(String message) {
        return new MalformedTtlvException(message, new MixedUpAnswer());
    }

    static boolean isMarkOf(@Nullable TokenException failure) {
        return failure != null
                && failure.getCause() instanceof MalformedTtlvException cause
                && cause.getCause() instanceof MixedUpAnswer;
    }
}
