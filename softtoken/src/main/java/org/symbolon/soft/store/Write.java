package org.symbolon.soft.store;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;

/** A write on its way: what is done, for whom, and what came of it. The {@link WriteQueue}'s lock guards its state. */
final class Write<T> {
    private enum State {
        WAITING,
        WRITING,
        DONE
    }

    private final Connector.Caller caller;
    private final long slot;
    private final Database.Work<T> work;
    private State state = State.WAITING;
    private @Nullable T result;
    private @Nullable Throwable problem;

    Write(Connector.Caller caller, long slot, Database.Work<T> work) {
        this.caller = caller;
        this.slot = slot;
        this.work = work;
    }

    Connector.Caller caller() {
        return caller;
    }

    /** Returns the slot of the token that it writes. */
    long slot() {
        return slot;
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }

    boolean isDone() {
        return state == State.DONE;
    }

    void begin() {
        state = State.WRITING;
    }

    void putBack() {
        state = State.WAITING;
    }

    void done() {
        state = State.DONE;
    }

    /** Does the work in a transaction; returns the SQL error that it ended with, if one did. */
    Optional<SqlFailure> attempt(Sql sql) {
        FutureTask<T> task = new FutureTask<>(() -> work.run(sql));
        task.run();
        try {
            result = task.get();
            problem = null;
        } catch (ExecutionException e) {
            problem = e.getCause();
        } catch (InterruptedException e) {
            throw new AssertionError("a task that has ended makes nobody wait", e);
        }
        return problem instanceof SqlFailure failure ? Optional.of(failure) : Optional.empty();
    }

    /** Returns whether the last attempt went well. */
    boolean isGood() {
        return problem == null;
    }

    /** Ends it with a failure, whatever the attempt was. */
    void fail(TokenException reason) {
        problem = reason;
    }

    /** Returns the result of what was done. */
    @SuppressWarnings("NullAway") // a work whose class of results allows null may return it
    T result() throws TokenException {
        if (problem instanceof TokenException refusal) {
            throw refusal;
        } else if (problem instanceof RuntimeException bug) {
            throw bug;
        } else if (problem instanceof Error bug) {
            throw bug;
        } else if (problem != null) {
            throw new AssertionError("a work throws no " + problem.getClass(), problem);
        }
        return result;
    }
}
