package org.symbolon.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.symbolon.Deadline;

/**
 * Does what nothing can cut short - asking a name server, starting a program - in a thread of its own, so that whoever wants
 * it done waits no longer than until a deadline.
 */
public final class Aside {
    private Aside() {}

    /**
     * Something that may take its time.
     *
     * @param <T> what it makes
     */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Does the work.
         *
         * @return what it makes
         * @throws IOException if it cannot be done
         */
        T run() throws IOException;
    }

    /**
     * Does some work.
     *
     * @param work the work
     * @param unwanted takes what is made too late
     * @param deadline until when the caller waits
     * @param <T> what is made
     * @return what was made
     * @throws IOException if the work could not be done
     * @throws SocketTimeoutException if it is not done in time
     * @throws InterruptedIOException if the waiting thread is interrupted; it stays marked
     */
    public static <T> T run(Work<T> work, Consumer<T> unwanted, Deadline deadline) throws IOException {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(() -> unchecked(work), Aside::start);
        try {
            return result.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UncheckedIOException failure ? failure.getCause() : new IOException(e);
        } catch (TimeoutException e) {
            throw givenUp(result, unwanted, new SocketTimeoutException("it took too long"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw givenUp(result, unwanted, new InterruptedIOException("interrupted"), e);
        }
    }

    private static <T> T unchecked(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "symbolon-connect");
        thread.setDaemon(true);
        thread.start();
    }

    private static <T> IOException givenUp(
            CompletableFuture<T> result, Consumer<T> unwanted, IOException reason, Exception cause) {
        CompletableFuture<Void> unused = result.thenAccept(unwanted);
        reason.initCause(cause);
        return reason;
    }
}
