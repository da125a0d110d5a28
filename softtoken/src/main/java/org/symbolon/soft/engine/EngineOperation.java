package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import org.symbolon.Operation;
import org.symbolon.TokenException;

/** An operation of an engine: keeps its state and gives the key back at its end. */
abstract class EngineOperation implements Operation {
    private static final byte[] NOTHING = new byte[0];

    private final Runnable end;
    private boolean verifying;
    private boolean ended;

    EngineOperation(Runnable end) {
        this.end = end;
    }

    /** Returns this operation, which is ended by {@code verify} and not by {@code finish} if it verifies. */
    EngineOperation verifying(boolean verifies) {
        verifying = verifies;
        return this;
    }

    /** What an engine does. */
    @FunctionalInterface
    private interface Step<T> {
        T run() throws GeneralSecurityException;
    }

    abstract byte[] take(byte[] input, int offset, int length) throws GeneralSecurityException;

    abstract byte[] result() throws GeneralSecurityException;

    boolean check(byte[] signature) throws GeneralSecurityException {
        throw new IllegalStateException("this operation does not verify");
    }

    /** Does the whole operation. */
    byte[] all(byte[] input) throws GeneralSecurityException {
        byte[] first = take(input, 0, input.length);
        byte[] last = result();
        if (first.length == 0) {
            return last;
        }
        byte[] both = java.util.Arrays.copyOf(first, first.length + last.length);
        System.arraycopy(last, 0, both, first.length, last.length);
        return both;
    }

    @Override
    public final byte[] update(byte[] input, int offset, int length) throws TokenException {
        java.util.Objects.checkFromIndexSize(offset, length, input.length);
        byte[] output = step(false, () -> take(input, offset, length));
        return output == null ? NOTHING : output;
    }

    @Override
    public final byte[] finish() throws TokenException {
        if (verifying) {
            throw new IllegalStateException("this operation verifies");
        }
        return step(true, this::result);
    }

    @Override
    public final boolean verify(byte[] signature) throws TokenException {
        if (!verifying) {
            throw new IllegalStateException("this operation does not verify");
        }
        return step(true, () -> check(signature));
    }

    final byte[] run(byte[] input) throws TokenException {
        return step(true, () -> all(input));
    }

    private <T> T step(boolean last, Step<T> step) throws TokenException {
        if (ended) {
            throw new IllegalStateException("the operation has ended");
        }
        boolean good = false;
        try {
            T result = step.run();
            good = true;
            return result;
        } catch (TokenException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw Failures.engine(e);
        } finally {
            if (last || !good) {
                ended = true;
                release(good);
            }
        }
    }

    private void release(boolean good) {
        try {
            over(good);
        } finally {
            end.run();
        }
    }

    /** Called once, at the end: whether the engine is as good as before. */
    void over(boolean reusable) {}

    @Override
    public final void close() {
        if (!ended) {
            ended = true;
            release(false);
        }
    }
}
