package org.symbolon.serve;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks at a server's health every few seconds on one thread, so that who asks for it never waits and costs nothing, however often
 * it is asked. Thread-safe.
 */
final class HealthWatch implements AutoCloseable {
    private static final long INTERVAL_SECONDS = 5;
    private static final long STALE_AFTER = TimeUnit.SECONDS.toNanos(15);

    private final Supplier<ServerHealth> check;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Seen seen =
            new Seen(new ServerHealth(List.of("the modules have not been asked yet")), System.nanoTime());

    private record Seen(ServerHealth health, long when) {}

    HealthWatch(Supplier<ServerHealth> check) {
        this.check = check;
        Thread thread = new Thread(this::lookUntilClosed, "symbolon-health");
        thread.setDaemon(true);
        thread.start();
    }

    private void lookUntilClosed() {
        try {
            do {
                seen = new Seen(check.get(), System.nanoTime());
            } while (!closed.await(INTERVAL_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns what was seen last; a problem if a look takes too long. */
    ServerHealth latest(long now) {
        Seen last = seen;
        return now - last.when() > STALE_AFTER
                ? new ServerHealth(List.of("a module has not answered for "
                        + TimeUnit.NANOSECONDS.toSeconds(now - last.when()) + " seconds"))
                : last.health();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
