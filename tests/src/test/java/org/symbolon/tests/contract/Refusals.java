package org.symbolon.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.symbolon.TokenException;

/** Asserts how a token refuses. */
final class Refusals {
    private Refusals() {}

    /** Asserts that a call is refused with an exception of one kind and one of some statuses. */
    static <E extends TokenException> E assertRefused(Class<E> kind, ThrowingCallable call, String... statuses) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(kind);
        E refusal = kind.cast(thrown);
        assertThat(refusal.status().name()).as(refusal.getMessage()).isIn((Object[]) statuses);
        assertThat(refusal.getMessage())
                .as("says what was asked")
                .contains(": " + refusal.status().name());
        return refusal;
    }
}
