package org.symbolon.spring;

import java.time.Duration;
import org.symbolon.Operation;
import org.symbolon.TokenException;
import org.symbolon.spi.Request;

/** A streaming operation that counts once, when it ends, with the time that the token took and not its caller. */
final class MeteredOperation implements Operation {
    private final Operation operation;
    private final Request<?> request;
    private final OperationTimers timers;
    private Duration time;

    MeteredOperation(Operation operation, Request<?> request, OperationTimers timers, Duration soFar) {
        this.operation = operation;
        this.request = request;
        this.timers = timers;
        this.time = soFar;
    }

    /** A step of the operation. */
    @FunctionalInterface
    private interface Step<R> {
        R take() throws TokenException;
    }

    @Override
    public byte[] update(byte[] input, int offset, int length) throws TokenException {
        return timed(() -> operation.update(input, offset, length));
    }

    @Override
    public byte[] finish() throws TokenException {
        return last(operation::finish);
    }

    @Override
    public boolean verify(byte[] signature) throws TokenException {
        return last(() -> operation.verify(signature));
    }

    @Override
    public void close() {
        operation.close();
    }

    private <R> R last(Step<R> step) throws TokenException {
        R result = timed(step);
        timers.succeeded(request, time);
        return result;
    }

    private <R> R timed(Step<R> step) throws TokenException {
        long start = System.nanoTime();
        try {
            R result = step.take();
            time = time.plus(MeteredSession.since(start));
            return result;
        } catch (TokenException e) {
            time = time.plus(MeteredSession.since(start));
            timers.failed(request, e, time);
            throw e;
        }
    }
}
