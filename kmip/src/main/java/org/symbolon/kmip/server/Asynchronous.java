package org.symbolon.kmip.server;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.CancellationResult;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ProcessingStage;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.object.AsynchronousRequest;

/**
 * The requests of a party that are answered later: to Poll, for some time and to this party alone (KMIP 2.1 sections 6.1.6, 6.1.35
 * and 6.1.38). Thread-safe.
 */
final class Asynchronous {
    private static final int MOST = 64;
    private static final int MOST_WAITING = 1_024;
    private static final int CORRELATION_BYTES = 16;
    private static final Duration KEPT = Duration.ofMinutes(10);

    /** How long a Poll waits for an answer that is not there yet. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** What leaves nothing behind, so that nobody can tell whether it was done. */
    private static final Set<Operation> READING = Set.of(
            Operation.LOCATE,
            Operation.GET_ATTRIBUTES,
            Operation.GET_ATTRIBUTE_LIST,
            Operation.QUERY,
            Operation.DISCOVER_VERSIONS,
            Operation.CHECK);

    private static final ThreadPoolExecutor WORKERS = workers();

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<Bytes, Job> jobs = new HashMap<>();

    Asynchronous(Clock clock) {
        this.clock = clock;
    }

    private static ThreadPoolExecutor workers() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(2, 2, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), work -> {
                    Thread thread = new Thread(work, "symbolon-kmip-later");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** A request. */
    private static final class Job {
        private final Operation operation;
        private final Instant submitted;
        private final FutureTask<ResponseBatchItem> task;
        private volatile boolean begun;

        Job(Operation operation, Instant submitted, Callable<ResponseBatchItem> work) {
            this.operation = operation;
            this.submitted = submitted;
            this.task = new FutureTask<>(() -> {
                begun = true;
                return work.call();
            });
        }

        ProcessingStage stage() {
            return task.isDone()
                    ? ProcessingStage.COMPLETED
                    : begun ? ProcessingStage.IN_PROCESS : ProcessingStage.SUBMITTED;
        }
    }

    /** Takes a request; returns its Asynchronous Correlation Value. */
    Bytes submit(Operation operation, Callable<ResponseBatchItem> work) throws KmipFailure {
        byte[] value = new byte[CORRELATION_BYTES];
        random.nextBytes(value);
        Bytes correlation = Bytes.wrap(value);
        Job job = new Job(operation, clock.instant(), work);
        synchronized (jobs) {
            jobs.values()
                    .removeIf(each -> each.submitted.isBefore(clock.instant().minus(KEPT)));
            if (jobs.size() >= MOST) {
                throw tooMany();
            }
            jobs.put(correlation, job);
        }
        try {
            WORKERS.execute(job.task);
        } catch (RejectedExecutionException e) {
            take(correlation);
            throw tooMany();
        }
        return correlation;
    }

    private static KmipFailure tooMany() {
        return new KmipFailure(
                ResultReason.SERVER_LIMIT_EXCEEDED, "too many requests wait for their answers; poll for some first");
    }

    /** Returns the answer, which is forgotten then; empty if it is not there yet. */
    Optional<ResponseBatchItem> poll(Bytes correlation) throws KmipFailure {
        Job job = require(correlation);
        try {
            ResponseBatchItem answer = job.task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (take(correlation) == null) { // it is wiped once it is sent, so that it is given to one only
                throw unknown();
            }
            return Optional.of(answer);
        } catch (CancellationException e) {
            throw new KmipFailure(ResultReason.OPERATION_CANCELED_BY_REQUESTER, "the request was canceled", e);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            take(correlation);
            throw new KmipFailure(ResultReason.GENERAL_FAILURE, "the request failed in the server", e);
        }
    }

    /** Ends a request. */
    CancellationResult cancel(Bytes correlation) {
        Job job = take(correlation);
        if (job == null) {
            return CancellationResult.UNAVAILABLE;
        }
        boolean done = job.task.isDone();
        boolean stopped = job.task.cancel(false) && !job.begun;
        if (stopped || READING.contains(job.operation)) {
            return CancellationResult.CANCELED;
        }
        return done ? CancellationResult.COMPLETED : CancellationResult.UNABLE_TO_CANCEL;
    }

    /** Returns the requests, of some operations where they are named, or one of them. */
    List<AsynchronousRequest> requests(List<Bytes> correlations, List<Operation> operations) {
        synchronized (jobs) {
            return jobs.entrySet().stream()
                    .filter(each -> correlations.isEmpty() || correlations.contains(each.getKey()))
                    .filter(each -> operations.isEmpty() || operations.contains(each.getValue().operation))
                    .map(each -> new AsynchronousRequest(
                            each.getKey(),
                            each.getValue().operation,
                            each.getValue().submitted,
                            each.getValue().stage()))
                    .toList();
        }
    }

    /** Returns the operation of a request. */
    Operation operation(Bytes correlation) throws KmipFailure {
        return require(correlation).operation;
    }

    private Job require(Bytes correlation) throws KmipFailure {
        synchronized (jobs) {
            Job job = jobs.get(correlation);
            if (job == null) {
                throw unknown();
            }
            return job;
        }
    }

    private static KmipFailure unknown() {
        return new KmipFailure(
                ResultReason.INVALID_ASYNCHRONOUS_CORRELATION_VALUE,
                "no request of yours waits with this Asynchronous Correlation Value");
    }

    private @Nullable Job take(Bytes correlation) {
        synchronized (jobs) {
            return jobs.remove(correlation);
        }
    }
}
