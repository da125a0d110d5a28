package org.symbolon.kmip.server;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.ResultReason;

/**
 * Reads into an {@link ObjectIndex} what it lacks: everything, or what was changed since. Once for all that wait for it, and beside the
 * requests that do not: when many ask a server that has just been started, its token is read through once. Thread-safe.
 */
final class IndexUpkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexUpkeep.class);
    private static final int MOST_SECONDS = 30;

    private final ObjectIndex index;
    private final TokenReader reader;
    private final AtomicReference<@Nullable FutureTask<Boolean>> running = new AtomicReference<>();
    private final ThreadPoolExecutor thread;

    IndexUpkeep(ObjectIndex index, TokenReader reader) {
        this.index = index;
        this.reader = reader;
        // After the end, who asks does the work.
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                MOST_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> {
                    Thread made = new Thread(work, "kmip-index");
                    made.setDaemon(true);
                    return made;
                },
                (work, executor) -> work.run());
        thread.allowCoreThreadTimeOut(true);
    }

    /** Begins to read, unless that is done already. */
    void begin() {
        if (index.isKept()) {
            FutureTask<Boolean> unused = task(); // its failure is logged, and those who wait are told
        }
    }

    /** Reads, or waits for who reads already. */
    void await() throws KmipFailure, TokenException {
        if (!index.isKept()) {
            return;
        }
        try {
            task().get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KmipFailure failure) {
                throw failure;
            } else if (e.getCause() instanceof TokenException failure) {
                throw failure;
            }
            throw new AssertionError("reading objects fails by no " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new KmipFailure(
                    ResultReason.GENERAL_FAILURE, "the objects of the token are still being read; ask again later", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KmipFailure(ResultReason.GENERAL_FAILURE, "the server ends", e);
        }
    }

    private FutureTask<Boolean> task() {
        AtomicReference<@Nullable FutureTask<Boolean>> self = new AtomicReference<>();
        FutureTask<Boolean> own = new FutureTask<>(() -> {
            try {
                return read();
            } finally {
                running.compareAndSet(self.get(), null);
            }
        });
        self.set(own);
        FutureTask<Boolean> others = running.compareAndExchange(null, own);
        if (others != null) {
            return others;
        }
        thread.execute(own);
        return own;
    }

    private boolean read() throws KmipFailure, TokenException {
        boolean good = false;
        try {
            if (index.isBehind()) {
                index.forgetAll();
            }
            if (index.isComplete()) {
                for (Map.Entry<String, Long> change : index.changed()) {
                    index.put(change, reader.find(change.getKey()));
                }
            } else if (index.follow()) {
                index.complete(reader.all());
            }
            good = true;
            return true;
        } catch (KmipFailure | TokenException e) {
            LOG.debug("the token's objects could not be read: {}", e.getMessage());
            throw e;
        } finally {
            if (!good) {
                index.forgetAll();
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
