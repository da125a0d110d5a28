package org.symbolon.spring;

import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is opened by whoever needs it first, while others wait without holding a lock. A failure is told to all who wait; the
 * next one tries anew.
 */
final class Once<T> {
    /** An opening, which may block. */
    @FunctionalInterface
    interface Opening<T> {
        T open() throws GeneralSecurityException;
    }

    private final AtomicReference<@Nullable FutureTask<T>> current = new AtomicReference<>();
    private final Opening<T> opening;

    Once(Opening<T> opening) {
        this.opening = opening;
    }

    /** Returns it, opening it if need be. */
    T get() throws GeneralSecurityException {
        FutureTask<T> fresh = new FutureTask<>(opening::open);
        FutureTask<T> present = current.compareAndExchange(null, fresh);
        FutureTask<T> task = present == null ? fresh : present;
        if (present == null) {
            fresh.run();
        }
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another thread opens the token", e);
        } catch (ExecutionException e) {
            current.compareAndSet(task, null);
            throw rethrown(e.getCause());
        }
    }

    /** Returns it if it is open. */
    Optional<T> peek() {
        FutureTask<T> task = current.get();
        if (task == null || !task.isDone()) {
            return Optional.empty();
        }
        try {
            return Optional.of(get());
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static GeneralSecurityException rethrown(@Nullable Throwable cause) {
        if (cause instanceof GeneralSecurityException refused) {
            return refused;
        }
        if (cause instanceof RuntimeException broken) {
            throw broken;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(cause);
    }
}
