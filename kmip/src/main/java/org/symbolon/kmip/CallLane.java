package org.symbolon.kmip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The calls of one kind: at most one message of theirs is on its way, and others wait behind it. Thread-safe. */
final class CallLane {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gathered = lock.newCondition();
    private final Deque<JoinedCall> waiting = new ArrayDeque<>();
    private final AtomicInteger calls = new AtomicInteger();
    private @Nullable JoinedCall ahead;
    private int awaited;

    /** How a call travels. */
    enum Way {
        /** At once, with the place of the message that others wait for. */
        FIRST,
        /** With the message after the one that is on its way. */
        BEHIND,
        /** At once: it may not join those that are on their way. */
        APART
    }

    /** {@return how many calls there are now, this one included} */
    int begin() {
        return calls.incrementAndGet();
    }

    void end() {
        calls.decrementAndGet();
    }

    /** Lets a call in; who is the first gives the place on by {@link #board}. */
    Way enter(JoinedCall call) {
        lock.lock();
        try {
            if (ahead == null) {
                ahead = call;
                return Way.FIRST;
            }
            if (!ahead.mayJoin(call)) {
                return Way.APART;
            }
            waiting.addLast(call);
            if (waiting.size() == awaited) {
                gathered.signal();
            }
            return Way.BEHIND;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a call out of the line; false if a message carries it already. */
    boolean leave(JoinedCall call) {
        lock.lock();
        try {
            return waiting.remove(call);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until as many calls are there as were just answered, but not for long: callers in a loop come back at once. */
    void gather(int answered, long nanos) {
        if (answered < 2) {
            return;
        }
        lock.lock();
        try {
            awaited = answered;
            long left = nanos;
            while (waiting.size() < answered && left > 0) {
                left = gathered.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            awaited = 0;
            lock.unlock();
        }
    }

    /** The calls that go next; none gives the place up. */
    List<JoinedCall> board(int most) {
        lock.lock();
        try {
            List<JoinedCall> next = new ArrayList<>(Math.min(most, waiting.size()));
            while (next.size() < most && !waiting.isEmpty()) {
                next.add(waiting.removeFirst());
            }
            ahead = next.isEmpty() ? null : next.get(0);
            return next;
        } finally {
            lock.unlock();
        }
    }
}
