package org.symbolon;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of one request among several: its result or its failure.
 *
 * @param result the result; null if it failed
 * @param failure the failure; null if it succeeded
 * @param <R> the class of the result
 */
public record Outcome<R>(@Nullable R result, @Nullable TokenException failure) {
    /**
     * Returns the outcome of a success.
     *
     * @param result the result
     * @param <R> its class
     * @return the outcome
     */
    public static <R> Outcome<R> success(R result) {
        return new Outcome<>(Objects.requireNonNull(result), null);
    }

    /**
     * Returns the outcome of a failure.
     *
     * @param failure the failure
     * @param <R> the class of the result that is not there
     * @return the outcome
     */
    public static <R> Outcome<R> failure(TokenException failure) {
        return new Outcome<>(null, Objects.requireNonNull(failure));
    }

    /**
     * Returns the result.
     *
     * @return the result
     * @throws TokenException if the request failed
     */
    public R get() throws TokenException {
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(result);
    }
}
