package org.symbolon.kmip.token;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.Operation;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;

/** Data that comes in parts and leaves for the server as one. */
final class BufferedOperation implements Operation {
    /** Less than what servers take as one message. */
    private static final int MAX_BYTES = 1 << 20;

    private final Whole whole;
    private final Optional<Check> check;
    private final Wiped data = new Wiped();
    private boolean over;

    /** What is done with all of the data. */
    @FunctionalInterface
    interface Whole {
        byte[] with(Bytes data) throws TokenException;
    }

    private static final class Wiped extends ByteArrayOutputStream {
        void wipe() {
            Arrays.fill(buf, (byte) 0);
            reset();
        }
    }

    /** What is done with all of the data and a signature of it. */
    @FunctionalInterface
    interface Check {
        boolean with(Bytes data, byte[] signature) throws TokenException;
    }

    BufferedOperation(Whole whole, Optional<Check> check) {
        this.whole = whole;
        this.check = check;
    }

    private void requireOpen() {
        if (over) {
            throw new IllegalStateException("the operation is over");
        }
    }

    @Override
    public byte[] update(byte[] input, int offset, int length) throws TokenException {
        requireOpen();
        if (data.size() + length > MAX_BYTES) {
            close();
            throw new TokenOperationException(
                    Status.ckr("CKR_DATA_LEN_RANGE"),
                    "what comes in parts goes to the server as one message, of at most " + MAX_BYTES + " bytes");
        }
        data.write(input, offset, length);
        return new byte[0];
    }

    @Override
    public byte[] finish() throws TokenException {
        requireOpen();
        if (check.isPresent()) {
            throw new IllegalStateException("this operation verifies: give it the signature");
        }
        return end(whole::with);
    }

    @Override
    public boolean verify(byte[] signature) throws TokenException {
        requireOpen();
        Check checked = check.orElseThrow(() -> new IllegalStateException("this operation does not verify"));
        return end(all -> checked.with(all, signature));
    }

    /** What ends the operation. */
    @FunctionalInterface
    private interface End<R> {
        R with(Bytes data) throws TokenException;
    }

    private <R> R end(End<R> end) throws TokenException {
        over = true;
        byte[] all = data.toByteArray();
        data.wipe();
        try {
            return end.with(Bytes.wrap(all));
        } catch (TokenException e) {
            throw Refusals.inPkcs11(e);
        } finally {
            Arrays.fill(all, (byte) 0);
        }
    }

    @Override
    public void close() {
        over = true;
        data.wipe();
    }
}
