package org.symbolon.kmip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.message.OperationTable;
import org.symbolon.kmip.operation.KmipRequest;

/**
 * Lets calls of concurrent threads travel as one message: those that come while two messages of their {@link JoinKind} are on their
 * way wait for one of these to come back, and go together then; a call that finds less goes at once. No call waits for more
 * than {@value #PATIENCE_MILLIS} ms, then it goes by itself.
 *
 * <p>Each call keeps its own deadline, and what fails in a batch fails its own call only. A server that refuses batches, or
 * Continue, gets single calls; so does one with which they are faster ({@link BatchTrial}). Thread-safe.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    static final long PATIENCE_MILLIS = 20;

    private static final int FLIGHTS = 2;
    static final Exchange.BatchOptions GOING_ON =
            new Exchange.BatchOptions(BatchErrorContinuationOption.CONTINUE, false);

    private final MessageSender sender;
    private final Map<JoinKind, Lane> lanes = new EnumMap<>(JoinKind.class);
    private final AtomicInteger threads = new AtomicInteger();
    private final ExecutorService carriers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "symbolon-kmip-batch-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    GroupCommit(MessageSender sender) {
        this.sender = sender;
        for (JoinKind kind : JoinKind.values()) {
            lanes.put(kind, new Lane());
        }
    }

    /** The calls of one kind. */
    private static final class Lane {
        private final ReentrantLock lock = new ReentrantLock();
        private final Deque<JoinedCall> waiting = new ArrayDeque<>();
        private final AtomicInteger calls = new AtomicInteger();
        private int flights;

        /** Takes a place for a message, or waits for one to carry the call. */
        boolean departs(JoinedCall call) {
            lock.lock();
            try {
                if (flights < FLIGHTS) {
                    flights++;
                    return true;
                }
                waiting.addLast(call);
                return false;
            } finally {
                lock.unlock();
            }
        }

        /** Takes a call out of the line; false if a message carries it already. */
        boolean leaves(JoinedCall call) {
            lock.lock();
            try {
                return waiting.remove(call);
            } finally {
                lock.unlock();
            }
        }

        /** The calls that go next; none gives the place up. */
        List<JoinedCall> board(int most) {
            lock.lock();
            try {
                List<JoinedCall> next = new ArrayList<>();
                for (Iterator<JoinedCall> line = waiting.iterator(); line.hasNext() && next.size() < most; ) {
                    JoinedCall call = line.next();
                    if (next.isEmpty() || next.get(0).mayJoin(call)) {
                        next.add(call);
                        line.remove();
                    }
                }
                if (next.isEmpty()) {
                    flights--;
                }
                return next;
            } finally {
                lock.unlock();
            }
        }
    }

    /** {@return what came of a request of a kind} */
    Exchange.Outcome call(JoinKind kind, KmipRequest<?> request, CallScope scope) throws TokenException {
        NodeBatches node = sender.remembered(NodeBatches.class, NodeBatches::new);
        Lane lane = Objects.requireNonNull(lanes.get(kind));
        boolean batched = node.takes(kind);
        int beside = lane.calls.incrementAndGet();
        long start = System.nanoTime();
        try {
            return batched ? joined(lane, new JoinedCall(request, scope), node) : alone(request, scope, node);
        } finally {
            lane.calls.decrementAndGet();
            node.trial(kind).count(batched, System.nanoTime() - start, beside);
        }
    }

    private Exchange.Outcome joined(Lane lane, JoinedCall call, NodeBatches node) throws TokenException {
        if (lane.departs(call)) {
            try {
                return alone(call.request(), call.scope(), node);
            } finally {
                handOver(lane, node);
            }
        }
        String asked = OperationTable.rowOf(call.request()).operation().toString();
        try {
            if (!call.await(TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS), asked)
                    && !lane.leaves(call)
                    && !call.await(Long.MAX_VALUE, asked)) {
                throw call.scope().deadline().missed(asked);
            }
        } finally {
            lane.leaves(call); // after an interruption
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
    private void handOver(Lane lane, NodeBatches node) {
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

    private void carry(Lane lane, List<JoinedCall> first, NodeBatches node) {
        for (List<JoinedCall> calls = first; !calls.isEmpty(); calls = lane.board(node.maxItems())) {
            try {
                send(calls, node);
            } finally {
                calls.forEach(JoinedCall::sendAway); // those that were answered have their answer
            }
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
