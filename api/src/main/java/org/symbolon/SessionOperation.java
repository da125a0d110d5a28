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

    @Override
    public byte[] update(byte[] input, int offset, int length) throws TokenException {
        return calls.call(asked, () -> operation.update(input, offset, length));
    }

    @Override
    public byte[] finish() throws TokenException {
        return calls.call(asked, operation::finish);
    }

    @Override
    public boolean verify(byte[] signature) throws TokenException {
        return calls.call(asked, () -> operation.verify(signature));
    }

    @Override
    public void close() {
        operation.close();
    }
}
