package org.symbolon.kmip;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;
import org.symbolon.transport.Patience;

/**
 * A call that is made a second time, of another node, once it has taken long: the first good answer counts. It is the patience of the
 * first, which ends with the answer to the second. For calls that may be repeated. Thread-safe.
 */
final class Hedge<R> implements Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Hedge.class);

    private final long afterNanos;
    private final Executor aside;
    private final Call<R> call;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicReference<@Nullable R> answer = new AtomicReference<>();
    private volatile boolean ended;

    /** The call, made of another node. */
    interface Call<R> {
        /** {@return its answer; nothing if another node may do better} */
        Optional<R> make(Patience patience) throws TokenException, LostException;
    }

    Hedge(long afterNanos, Executor aside, Call<R> call) {
        this.afterNanos = afterNanos;
        this.aside = aside;
        this.call = call;
    }

    @Override
    public boolean isOver(long began) {
        if (System.nanoTime() - began >= afterNanos && begun.compareAndSet(false, true)) {
            begin();
        }
        return answer.get() != null;
    }

    private void begin() {
        try {
            aside.execute(this::make);
        } catch (RejectedExecutionException e) {
            LOG.debug("a call is not made a second time: too many are, or the client was closed", e);
        }
    }

    private void make() {
        try {
            call.make(unused -> ended).ifPresent(answer::set);
        } catch (LostException | TokenException e) {
            LOG.debug("a call that was made a second time was not answered: {}", e.getMessage());
        }
    }

    /** {@return the answer of the second} */
    Optional<R> answer() {
        return Optional.ofNullable(answer.get());
    }

    /** Ends the second: there is an answer, or the call is given up. Idempotent. */
    void end() {
        ended = true;
    }
}
