package org.symbolon.kmip;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.message.OperationTable;
import org.symbolon.kmip.operation.KmipRequest;

/**
 * Lets calls of concurrent threads travel as one message: those that come while a message of their {@link JoinKind} is on its
 * way wait for it to come back, and go together then; a call that finds none goes at once. No call waits for more than
 * {@value #PATIENCE_MILLIS} ms, then it goes by itself.
 *
 * <p>Each call keeps its own deadline, and what fails in a batch fails its own call only. A server that refuses batches, or
 * Continue, gets single calls; so does one with which they are faster ({@link BatchTrial}). Thread-safe.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    static final long PATIENCE_MILLIS = 20;

    /** A message waits for the callers of the last one to come back with their next calls: not for longer, nor for half its time. */
    private static final long GATHERING_NANOS = 200_000;

    static final Exchange.BatchOptions GOING_ON =
            new Exchange.BatchOptions(BatchErrorContinuationOption.CONTINUE, false);

    private final MessageSender sender;
    private final Map<JoinKind, CallLane> lanes = new EnumMap<>(JoinKind.class);
    private final AtomicInteger threads = new AtomicInteger();
    private final ExecutorService carriers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "symbolon-kmip-batch-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    GroupCommit(MessageSender sender) {
        this.sender = sender;
        for (JoinKind kind : JoinKind.values()) {
            lanes.put(kind, new CallLane());
        }
    }

    /** {@return what came of a request of a kind} */
    Exchange.Outcome call(JoinKind kind, KmipRequest<?> request, CallScope scope) throws TokenException {
        NodeBatches node = sender.remembered(NodeBatches.class, NodeBatches::new);
        CallLane lane = Objects.requireNonNull(lanes.get(kind));
        boolean batched = node.takes(kind);
        int beside = lane.begin();
        long start = System.nanoTime();
        try {
            return batched ? joined(lane, new JoinedCall(request, scope), node) : alone(request, scope, node);
        } finally {
            lane.end();
            node.trial(kind).count(batched, System.nanoTime() - start, beside);
        }
    }

    private Exchange.Outcome joined(CallLane lane, JoinedCall call, NodeBatches node) throws TokenException {
        CallLane.Way way = lane.enter(call);
        if (way != CallLane.Way.BEHIND) {
            try {
                return alone(call.request(), call.scope(), node);
            } finally {
                if (way == CallLane.Way.FIRST) {
                    handOver(lane, node);
                }
            }
        }
        String asked = OperationTable.rowOf(call.request()).operation().toString();
        try {
            if (!call.await(TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS), asked)
                    && !lane.leave(call)
                    && !call.await(Long.MAX_VALUE, asked)) {
                throw call.scope().deadline().missed(asked);
            }
        } finally {
            lane.leave(call); // after an interruption
        }
        Exchange.Outcome outcome = call.outcome();
        if (outcome != null) {
            return outcome;
        }
        call.scope().deadline().check(asked);
        return alone(call.request(), call.scope(), node);
    }

    private Exchange.Outcome alone(KmipRequest<?> request, CallScope scope, NodeBatches node) throws TokenException {
        try {
            return sender.send(List.of(request), Exchange.BatchOptions.SINGLE, scope)
                    .get(0);
        } catch (TokenException e) {
            if (RefusedMessage.isMarkOf(e)) {
                node.acquit();
            }
            throw e;
        }
    }

    /** Gives the place of a message that came back to those who wait. */
    private void handOver(CallLane lane, NodeBatches node) {
        List<JoinedCall> next = lane.board(node.maxItems());
        if (next.isEmpty()) {
            return;
        }
        try {
            carriers.execute(() -> carry(lane, next, node));
        } catch (RejectedExecutionException e) {
            LOG.debug("the client is closed, which each call sees by itself", e);
            next.forEach(JoinedCall::sendAway);
        }
    }

    private void carry(CallLane lane, List<JoinedCall> first, NodeBatches node) {
        for (List<JoinedCall> calls = first; !calls.isEmpty(); calls = lane.board(node.maxItems())) {
            long start = System.nanoTime();
            try {
                send(calls, node);
            } finally {
                calls.forEach(JoinedCall::sendAway); // those that were answered have their answer
            }
            lane.gather(calls.size(), Math.min(GATHERING_NANOS, (System.nanoTime() - start) / 2));
        }
    }

    private void send(List<JoinedCall> calls, NodeBatches node) {
        CallScope scope = calls.get(0).scope();
        CallScope longest = new CallScope(longest(calls), scope.usesRepeatable(), scope.correlation());
        boolean single = calls.size() == 1;
        try {
            List<Exchange.Outcome> outcomes = sender.send(
                    calls.stream().map(JoinedCall::request).toList(),
                    single ? Exchange.BatchOptions.SINGLE : GOING_ON,
                    longest);
            node.learn(outcomes);
            for (int i = 0; i < calls.size(); i++) {
                if (single
                        || !RetryClass.mayGoAlone(
                                calls.get(i).request(), scope, outcomes.get(i).failure())) {
                    calls.get(i).answer(outcomes.get(i));
                }
            }
        } catch (TokenException e) {
            if (!single && RefusedMessage.isMarkOf(e)) {
                node.learn(e, calls.size());
            }
            calls.stream()
                    .filter(call -> single || !RetryClass.mayGoAlone(call.request(), scope, e))
                    .forEach(call -> call.answer(new Exchange.Outcome(null, e)));
        }
    }

    private static Deadline longest(List<JoinedCall> calls) {
        Deadline longest = calls.get(0).scope().deadline();
        for (JoinedCall call : calls) {
            Deadline deadline = call.scope().deadline();
            longest = deadline.remainingNanos() > longest.remainingNanos() ? deadline : longest;
        }
        return longest;
    }

    @Override
    public void close() {
        carriers.shutdown();
    }
}
