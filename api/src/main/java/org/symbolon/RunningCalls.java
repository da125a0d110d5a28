package org.symbolon;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.symbolon.spi.CallOptions;

/** The calls that run in one session or module, so that closing can wait for them or cancel them. */
final class RunningCalls {
    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final String owner;
    private volatile boolean closed;

    RunningCalls(String owner) {
        this.owner = owner;
    }

    /** A call that runs on the current thread until it is closed. */
    final class Call implements AutoCloseable {
        private final Thread thread = Thread.currentThread();
        private boolean over;
        private boolean cancelled;

        /** Returns what accompanies this call. */
        CallOptions options(Duration timeout, Optional<Pin> contextPin) {
            return new CallOptions(Deadline.after(timeout), contextPin);
        }

        private synchronized void cancel() {
            if (!over && thread != Thread.currentThread()) {
                cancelled = true;
                thread.interrupt();
            }
        }

        @Override
        public void close() {
            synchronized (this) {
                over = true;
                if (cancelled) {
                    Thread.interrupted(); // it was meant for this call, not for what the thread does next
                }
            }
            running.remove(this);
            if (closed) {
                signalEnd();
            }
        }
    }

    /** Something that may block. */
    @FunctionalInterface
    interface Step<R> {
        R take() throws TokenException;
    }

    /** Takes a step as a call of its own; its failure says what was asked. */
    <R> R call(String asked, Step<R> step) throws TokenException {
        Call call = enter();
        try {
            return step.take();
        } catch (TokenException e) {
            e.addContext(asked);
            throw e;
        } finally {
            call.close();
        }
    }

    /** Begins a call. */
    Call enter() {
        Call call = new Call();
        running.add(call);
        if (closed) {
            call.close();
            throw new IllegalStateException(owner + " was closed");
        }
        return call;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Lets no further call begin and ends those that run on other threads.
     *
     * @return false if it was closed before
     */
    boolean close(ModuleOptions options) {
        if (!refuse()) {
            return false;
        }
        end(List.of(this), options);
        return true;
    }

    /**
     * Lets no further call begin.
     *
     * @return false if it was closed before
     */
    boolean refuse() {
        lock.lock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the calls that run on other threads, of several owners within the same time. Waits at most for the options'
     * timeout until they have ended by themselves, if that is the policy, then interrupts them and waits as long again; an
     * interrupt cuts the wait short.
     */
    static void end(Collection<RunningCalls> owners, ModuleOptions options) {
        if (options.closePolicy() == ModuleOptions.ClosePolicy.WAIT) {
            awaitEnd(owners, Deadline.after(options.timeout()));
        }
        owners.forEach(owner -> owner.running.forEach(Call::cancel));
        awaitEnd(owners, Deadline.after(options.timeout()));
    }

    private static void awaitEnd(Collection<RunningCalls> owners, Deadline deadline) {
        owners.forEach(owner -> owner.awaitEnd(deadline));
    }

    private void awaitEnd(Deadline deadline) {
        Thread current = Thread.currentThread();
        lock.lock();
        try {
            while (running.stream().anyMatch(call -> call.thread != current)
                    && !deadline.isPassed()
                    && !current.isInterrupted()) {
                if (ended.awaitNanos(deadline.remainingNanos()) <= 0) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            current.interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void signalEnd() {
        lock.lock();
        try {
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
