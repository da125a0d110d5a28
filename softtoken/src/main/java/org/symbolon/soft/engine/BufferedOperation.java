package org.symbolon.soft.engine;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** An operation on data that is taken as a whole: raw RSA, signatures over a digest. */
final class BufferedOperation extends EngineOperation {
    private static final byte[] NOTHING = new byte[0];
    private static final int MAX_BYTES = 64 * 1024;

    /** What is done with the data. */
    @FunctionalInterface
    interface Work {
        byte[] run(byte[] data) throws GeneralSecurityException;
    }

    /** How a signature is checked. */
    @FunctionalInterface
    interface Check {
        boolean run(byte[] data, byte[] signature) throws GeneralSecurityException;
    }

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(0);
    private final Work work;
    private final Check check;

    BufferedOperation(Work work, Runnable end) {
        super(end);
        this.work = work;
        this.check = (data, signature) -> {
            throw new IllegalStateException("this operation does not verify");
        };
    }

    BufferedOperation(Check check, Runnable end) {
        super(end);
        this.work = data -> {
            throw new IllegalStateException("this operation verifies");
        };
        this.check = check;
    }

    /** Returns a check that makes the expected value anew and compares. */
    static Check compare(Work expected) {
        return (data, signature) -> MessageDigest.isEqual(expected.run(data), signature);
    }

    @Override
    byte[] take(byte[] input, int offset, int length) throws GeneralSecurityException {
        requireAtMost(buffer.size() + (long) length);
        buffer.write(input, offset, length);
        return NOTHING;
    }

    private static void requireAtMost(long bytes) throws GeneralSecurityException {
        if (bytes > MAX_BYTES) {
            throw Failures.operation("CKR_DATA_LEN_RANGE", "the mechanism takes at most " + MAX_BYTES + " bytes");
        }
    }

    @Override
    byte[] all(byte[] input) throws GeneralSecurityException {
        requireAtMost(input.length);
        return work.run(input);
    }

    @Override
    byte[] result() throws GeneralSecurityException {
        return work.run(buffer.toByteArray());
    }

    @Override
    boolean check(byte[] signature) throws GeneralSecurityException {
        return check.run(buffer.toByteArray(), signature);
    }
}
