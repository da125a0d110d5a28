package org.symbolon.soft.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.symbolon.Deadline;
import org.symbolon.TokenException;

/**
 * The writes of this process that wait: one of their threads leads, and writes a group of them in one transaction, so
 * that they share its commit. Nobody waits for company: a group is what has come while the one before was written.
 */
final class WriteQueue {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition moved = lock.newCondition();
    private final Deque<Write<?>> waiting = new ArrayDeque<>();
    private final String waitingFor;
    private boolean led;

    /**
     * Makes an empty queue.
     *
     * @param waitingFor what those who wait are waiting for, in words
     */
    WriteQueue(String waitingFor) {
        this.waitingFor = waitingFor;
    }

    /** Writes, among them one's own. */
    @FunctionalInterface
    interface Leader {
        void lead(Write<?> own) throws TokenException;
    }

    /** Returns when a write is done, by this thread as the leader or by another. */
    <T> T run(Write<T> write, Leader leader) throws TokenException {
        if (awaitDoneOrTurn(write)) {
            try {
                leader.lead(write);
            } finally {
                handOver(write);
            }
        }
        return write.result();
    }

    /** Waits until a write is done, or its thread is to lead; then returns true. */
    private boolean awaitDoneOrTurn(Write<?> write) throws TokenException {
        lock.lock();
        try {
            waiting.add(write);
            while (!write.isDone()) {
                if (write.isWaiting() && !led) {
                    led = true;
                    return true;
                }
                if (write.isWaiting()) {
                    await(write);
                } else {
                    // It is being written: whoever leads was told of this thread's deadline and interruption.
                    moved.awaitUninterruptibly();
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    private void await(Write<?> write) throws TokenException {
        Deadline deadline = write.caller().deadline();
        try {
            if (moved.awaitNanos(deadline.remainingNanos()) <= 0 && write.isWaiting() && led) {
                waiting.remove(write);
                throw deadline.missed(waitingFor);
            }
        } catch (InterruptedException e) {
            if (write.isWaiting()) {
                waiting.remove(write);
                throw deadline.interrupted(waitingFor, e);
            }
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the next one lead. */
    private void handOver(Write<?> own) {
        lock.lock();
        try {
            waiting.remove(own);
            led = false;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the leader's write and others of its token that wait, in their order. */
    List<Write<?>> take(Write<?> own, int max) {
        lock.lock();
        try {
            List<Write<?>> group = new ArrayList<>();
            waiting.remove(own);
            group.add(own);
            for (Iterator<Write<?>> others = waiting.iterator(); others.hasNext() && group.size() < max; ) {
                Write<?> other = others.next();
                if (other.slot() == own.slot() && own.slot() != Database.NEW_TOKEN) {
                    others.remove();
                    group.add(other);
                }
            }
            group.forEach(Write::begin);
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** Puts writes that came to nothing back to where they were; their threads may give them up. */
    void putBack(List<Write<?>> group) {
        lock.lock();
        try {
            for (int i = group.size() - 1; i >= 0; i--) {
                group.get(i).putBack();
                waiting.addFirst(group.get(i));
            }
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends writes whose outcome is certain. */
    void done(List<Write<?>> group) {
        lock.lock();
        try {
            group.forEach(Write::done);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Does something while nobody writes; returns false if somebody does. */
    boolean tryAlone(Runnable work) {
        lock.lock();
        try {
            if (led) {
                return false;
            }
            led = true;
        } finally {
            lock.unlock();
        }
        try {
            work.run();
            return true;
        } finally {
            release();
        }
    }

    /** Does something when nobody writes any more. */
    void alone(Runnable work) {
        lock.lock();
        try {
            while (led) {
                moved.awaitUninterruptibly();
            }
            led = true;
        } finally {
            lock.unlock();
        }
        try {
            work.run();
        } finally {
            release();
        }
    }

    private void release() {
        lock.lock();
        try {
            led = false;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
