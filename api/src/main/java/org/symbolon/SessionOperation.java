package org.symbolon;

/** An operation as a session gives it out: ends with its session, and its failures say what was asked. */
final class SessionOperation implements Operation {
    private final Operation operation;
    private final RunningCalls calls;
    private final String asked;

    SessionOperation(Operation operation, RunningCalls calls, String asked) {
        this.operation = operation;
        this.calls = calls;
        this.asked = asked;
    }

    @FunctionalInterface
    private interface Step<R> {
        R take() throws TokenException;
    }

    @Override
    public byte[] update(byte[] input, int offset, int length) throws TokenException {
        return call(() -> operation.update(input, offset, length));
    }

    @Override
    public byte[] finish() throws TokenException {
        return call(operation::finish);
    }

    @Override
    public boolean verify(byte[] signature) throws TokenException {
        return call(() -> operation.verify(signature));
    }

    private <R> R call(Step<R> step) throws TokenException {
        RunningCalls.Call call = calls.enter();
        try {
            return step.take();
        } catch (TokenException e) {
            e.addContext(asked);
            throw e;
        } finally {
            call.close();
        }
    }

    @Override
    public void close() {
        operation.close();
    }
}
