package org.symbolon.kmip.server;

import java.util.List;
import org.symbolon.Operation;
import org.symbolon.TokenException;

/** Verifies with several parameters at once, where the client leaves open which of them made the signature. */
final class AnyVerification implements Operation {
    private final List<Operation> attempts;

    AnyVerification(List<Operation> attempts) {
        this.attempts = List.copyOf(attempts);
    }

    @Override
    public byte[] update(byte[] input, int offset, int length) throws TokenException {
        for (Operation attempt : attempts) {
            attempt.update(input, offset, length);
        }
        return new byte[0];
    }

    @Override
    public byte[] finish() {
        throw new IllegalStateException("a verification ends with the signature");
    }

    @Override
    public boolean verify(byte[] signature) throws TokenException {
        boolean valid = false;
        for (Operation attempt : attempts) {
            valid |= attempt.verify(signature);
        }
        return valid;
    }

    @Override
    public void close() {
        attempts.forEach(Operation::close);
    }
}
