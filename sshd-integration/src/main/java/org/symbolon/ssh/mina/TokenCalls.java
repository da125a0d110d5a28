package org.symbolon.ssh.mina;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.Status;
import org.symbolon.TokenUnavailableException;

/**
 * Calls to tokens that a worker of MINA waits for: each with a deadline, and few at a time, so that a token which hangs does
 * not take all workers with it.
 *
 * <p>A call has one of a few places until it has really ended, which may be long after its worker gave it up. When no place is
 * free, and one is held by a call that is slow already, further calls are refused at once; in a mere burst, while the token
 * answers, they wait a moment for their turn. Thread-safe.
 */
final class TokenCalls {
    private static final Logger LOG = LoggerFactory.getLogger(TokenCalls.class);
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(call -> {
        Thread thread = new Thread(call, "symbolon-ssh-token-call");
        thread.setDaemon(true);
        return thread;
    });
    /** A call that took this part of the deadline, and at most this time, is slow. */
    private static final int SLOW_PART = 4;

    private static final Duration SLOW_AT_MOST = Duration.ofMillis(500);

    private static final long LOG_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String what;
    private final int limit;
    private final Duration deadline;
    private final Duration slow;
    private final Semaphore places;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong lastLog = new AtomicLong(System.nanoTime() - LOG_PAUSE_NANOS);

    /** Something that may wait for a token. */
    @FunctionalInterface
    interface TokenCall<T> {
        T make() throws GeneralSecurityException;
    }

    /** One call under way; each is its own. */
    private static final class Running {
        private final long since = System.nanoTime();

        long nanos() {
            return System.nanoTime() - since;
        }
    }

    /**
     * @param what the kind of calls, for messages
     * @param limit how many at a time
     * @param deadline how long a worker waits for one
     */
    TokenCalls(String what, int limit, Duration deadline) {
        this.what = what;
        this.limit = limit;
        this.deadline = deadline;
        Duration part = deadline.dividedBy(SLOW_PART);
        this.slow = part.compareTo(SLOW_AT_MOST) < 0 ? part : SLOW_AT_MOST;
        this.places = new Semaphore(limit);
    }

    /**
     * Makes a call on a thread of its own and waits for it.
     *
     * @throws TokenUnavailableException if there is no place, or no answer in time
     * @throws GeneralSecurityException as the call does
     */
    <T> T call(TokenCall<T> call) throws GeneralSecurityException {
        takePlace();
        FutureTask<T> task = new FutureTask<>(call::make);
        Running place = new Running();
        running.add(place);
        boolean handedOver = false;
        try {
            THREADS.execute(() -> {
                try {
                    task.run();
                } finally {
                    leave(place);
                }
            });
            handedOver = true;
        } finally {
            if (!handedOver) {
                leave(place);
            }
        }
        return await(task);
    }

    /** How many calls have not ended. */
    int pending() {
        return running.size();
    }

    /** How many calls found no place. */
    long refused() {
        return refused.get();
    }

    private <T> T await(FutureTask<T> task) throws GeneralSecurityException {
        Deadline end = Deadline.after(deadline);
        try {
            return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw end.missed(what);
        } catch (InterruptedException e) {
            task.cancel(true);
            throw end.interrupted(what, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GeneralSecurityException refusal) {
                throw refusal;
            }
            if (e.getCause() instanceof RuntimeException mistake) {
                throw mistake;
            }
            throw new AssertionError(what + " failed", e.getCause());
        }
    }

    private void leave(Running place) {
        running.remove(place);
        places.release();
    }

    private void takePlace() throws TokenUnavailableException {
        if (places.tryAcquire()) {
            return;
        }
        Deadline patience = Deadline.after(slow);
        try {
            if (!isSlow() && places.tryAcquire(patience.remainingNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            throw patience.interrupted(what, e);
        }
        refuse();
    }

    private boolean isSlow() {
        return running.stream().anyMatch(call -> call.nanos() > slow.toNanos());
    }

    private void refuse() throws TokenUnavailableException {
        long count = refused.incrementAndGet();
        long oldest = running.stream().mapToLong(Running::nanos).max().orElse(0);
        String why = "all " + limit + " places for " + what + " are taken, the oldest for "
                + TimeUnit.NANOSECONDS.toMillis(oldest) + " ms";
        long now = System.nanoTime();
        long last = lastLog.get();
        if (now - last > LOG_PAUSE_NANOS && lastLog.compareAndSet(last, now)) {
            LOG.warn("Refused without waiting: {}; {} so far", why, count);
        }
        throw new TokenUnavailableException(Status.ckr("CKR_DEVICE_ERROR"), why);
    }
}
