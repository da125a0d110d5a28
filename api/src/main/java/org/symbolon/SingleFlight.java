package org.symbolon;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A step that concurrent callers take once between them, without a lock while it is taken. Thread-safe. */
final class SingleFlight<T> {
    private final AtomicReference<@Nullable CompletableFuture<T>> running = new AtomicReference<>();
    private final String waitingFor;

    SingleFlight(String waitingFor) {
        this.waitingFor = waitingFor;
    }

    /**
     * Takes the step, or waits for whoever takes it already and shares the result or failure.
     *
     * @throws TokenException the step's failure, or that the deadline has passed
     */
    T run(RunningCalls.Step<T> step, Deadline deadline) throws TokenException {
        CompletableFuture<T> own = new CompletableFuture<>();
        CompletableFuture<T> others = running.compareAndExchange(null, own);
        if (others != null) {
            return await(others, deadline);
        }
        try {
            T result = step.take();
            running.set(null); // first: whoever comes after the end takes the step anew and does not share what is past
            own.complete(result);
            return result;
        } catch (TokenException e) {
            running.set(null);
            own.completeExceptionally(e);
            throw e;
        } finally {
            running.compareAndSet(own, null);
            own.cancel(false); // wakes those who wait when the step ended by an unchecked exception
        }
    }

    private T await(CompletableFuture<T> others, Deadline deadline) throws TokenException {
        try {
            return others.get(Math.max(1, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TokenException failure) {
                throw failure;
            }
            throw failed(e);
        } catch (CancellationException e) {
            throw failed(e);
        } catch (TimeoutException e) {
            TokenUnavailableException missed = deadline.missed(waitingFor);
            missed.addSuppressed(e);
            throw missed;
        } catch (InterruptedException e) {
            throw deadline.interrupted(waitingFor, e);
        }
    }

    private TokenException failed(java.lang.Exception cause) {
        return new TokenUnavailableException(
                Status.ckr("CKR_DEVICE_ERROR"), "another call failed at " + waitingFor, cause);
    }
}
