package org.symbolon.remote.client;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.symbolon.Deadline;
import org.symbolon.TokenException;

/**
 * The connection that looks at slots and tokens and initializes them. It never opens a session, since a token cannot be
 * initialized by an application that has one. Thread-safe: one call at a time.
 */
final class ModuleConnection implements AutoCloseable {
    private final Connector connector;
    private final Semaphore turn = new Semaphore(1, true);
    private volatile @Nullable RpcConnection current;

    ModuleConnection(Connector connector) {
        this.connector = connector;
    }

    /** Something to be asked. */
    @FunctionalInterface
    interface Question<R> {
        R ask(RpcConnection connection) throws TokenException, ConnectionLostException;
    }

    /** Asks something that can be asked twice. */
    <R> R ask(Deadline deadline, Question<R> question) throws TokenException {
        return takeTurn(deadline, () -> {
            try {
                return question.ask(connection(true, deadline));
            } catch (ConnectionLostException first) {
                try {
                    return question.ask(connection(true, deadline));
                } catch (ConnectionLostException second) {
                    second.addSuppressed(first);
                    throw second.toTokenException();
                }
            }
        });
    }

    /** Asks for something to be done, once. */
    <R> R order(Deadline deadline, Question<R> question) throws TokenException {
        return takeTurn(deadline, () -> {
            try {
                return question.ask(connection(false, deadline));
            } catch (ConnectionLostException e) {
                throw e.toTokenException();
            }
        });
    }

    /** What is done in one's turn. */
    @FunctionalInterface
    private interface Turn<R> {
        R take() throws TokenException;
    }

    private <R> R takeTurn(Deadline deadline, Turn<R> body) throws TokenException {
        try {
            if (!turn.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.missed("calls before this one");
            }
        } catch (InterruptedException e) {
            throw deadline.interrupted("calls before this one", e);
        }
        try {
            return body.take();
        } finally {
            turn.release();
        }
    }

    private RpcConnection connection(boolean mayMove, Deadline deadline) throws TokenException {
        RpcConnection usable = current;
        if (usable != null && usable.health().isGivenUp()) {
            usable.close();
        }
        if (usable == null || usable.isBroken()) {
            usable = connector.connect(deadline);
            current = usable;
        }
        usable.mayMove(mayMove);
        return usable;
    }

    @Override
    public void close() {
        RpcConnection last = current;
        if (last != null) {
            last.close();
        }
    }
}
