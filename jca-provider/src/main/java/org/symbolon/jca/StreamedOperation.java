package org.symbolon.jca;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import org.symbolon.Operation;
import org.symbolon.TokenException;

/** An operation that goes on between calls; ended with the engine that it belongs to if that is given up half-way. */
final class StreamedOperation implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Operation operation;
    private final Cleaner.Cleanable end;

    /**
     * Takes over an operation.
     *
     * @param engine the engine whose operation it is
     */
    StreamedOperation(Object engine, Operation operation) {
        this.operation = operation;
        this.end = CLEANER.register(engine, operation::close);
    }

    /** Gives the token more. */
    byte[] update(Object engine, byte[] data) throws TokenException {
        try {
            return operation.update(data);
        } finally {
            Reference.reachabilityFence(engine);
        }
    }

    /** Returns the rest. */
    byte[] finish(Object engine) throws TokenException {
        try {
            return operation.finish();
        } finally {
            Reference.reachabilityFence(engine);
        }
    }

    /** Ends it. Idempotent. */
    @Override
    public void close() {
        end.clean();
    }
}
