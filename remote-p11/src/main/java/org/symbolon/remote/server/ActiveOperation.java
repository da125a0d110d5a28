package org.symbolon.remote.server;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyObject;
import org.symbolon.Mechanism;
import org.symbolon.Operation;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.TokenException;

/**
 * An operation that a session has begun.
 *
 * <p>Output that the caller's buffer cannot take is kept until the caller has made room: nothing is signed or decrypted twice
 * (PKCS #11 v3.2 section 5.2). A question for the length alone is answered without doing anything where the length is known
 * beforehand.
 */
final class ActiveOperation implements AutoCloseable {
    private final OperationKind kind;
    private final Session session;
    private final Mechanism mechanism;
    private final @Nullable KeyObject key;
    private final OutputSize size;
    private @Nullable Operation operation;
    private @Nullable Held held;
    private boolean wantsPin;
    private boolean authenticated;
    private boolean inParts;
    private boolean over;

    /** Output that waits for a buffer, and the input that it was made of. */
    private record Held(Step step, Bytes input, Bytes output) {}

    /** What was asked for. */
    private enum Step {
        WHOLE,
        PART,
        FINAL
    }

    private ActiveOperation(OperationKind kind, Session session, Mechanism mechanism, @Nullable KeyObject key) {
        this.kind = kind;
        this.session = session;
        this.mechanism = mechanism;
        this.key = key;
        this.size = new OutputSize(kind, session, mechanism, key);
    }

    /** Begins an operation. With a key that wants the user's PIN for each use it waits until {@link #authenticate}. */
    static ActiveOperation begin(
            OperationKind kind, Session session, Mechanism mechanism, @Nullable KeyObject key, ProvenUses proven)
            throws TokenException {
        ActiveOperation begun = new ActiveOperation(kind, session, mechanism, key);
        if (proven.contains(kind, mechanism, key)) {
            return begun;
        }
        try {
            begun.operation = kind.start(session, mechanism, key);
            proven.add(kind, mechanism, key);
        } catch (TokenException e) {
            begun.wantsPin = key != null && key.attributes().isTrue(Attribute.ALWAYS_AUTHENTICATE);
            if (!begun.wantsPin || !Refusal.returnValue(e).name().equals("CKR_USER_NOT_LOGGED_IN")) {
                throw e;
            }
        }
        return begun;
    }

    OperationKind kind() {
        return kind;
    }

    boolean isOf(Session other) {
        return session == other;
    }

    /** Returns whether nothing more can be asked of the operation. */
    boolean isOver() {
        return over;
    }

    /** Returns whether the operation waits for the user's PIN. */
    boolean waits() {
        return wantsPin;
    }

    /** Begins an operation that waits, with the user's PIN. */
    void authenticate(Pin pin) throws TokenException {
        operation = kind.start(session.authenticating(pin), mechanism, key);
        wantsPin = false;
        authenticated = true;
    }

    private void requireNoPin() throws TokenException {
        if (wantsPin) {
            throw Refusal.of("CKR_USER_NOT_LOGGED_IN", "the key wants the user's PIN for each use");
        }
    }

    private Operation ready() throws TokenException {
        requireNoPin();
        Operation started = operation;
        if (started == null) {
            started = kind.start(session, mechanism, key);
            operation = started;
        }
        return started;
    }

    /** Takes all data and ends. */
    Output whole(byte[] data, OptionalInt capacity) throws TokenException {
        requireNoParts();
        requireNoPin();
        OptionalLong known = size.whole(data.length);
        if (capacity.isEmpty() && held == null && known.isPresent()) {
            return Output.needed(known.getAsLong());
        }
        return output(Step.WHOLE, data, capacity);
    }

    /** Takes a part of the data, of which nothing comes out yet. */
    void feed(byte[] data) throws TokenException {
        inParts = true;
        if (held != null) {
            throw Refusal.of("CKR_OPERATION_ACTIVE", "output waits for a larger buffer");
        }
        ready().update(data);
    }

    /** Takes a part of the data and gives out what there is. */
    Output part(byte[] data, OptionalInt capacity) throws TokenException {
        inParts = true;
        ready();
        if (capacity.isEmpty() && held == null) {
            return Output.needed(size.part(data.length));
        }
        return output(Step.PART, data, capacity);
    }

    /** Gives out the last of the output and ends. */
    Output finish(OptionalInt capacity) throws TokenException {
        ready();
        OptionalLong known = size.rest();
        if (capacity.isEmpty() && held == null && known.isPresent()) {
            return Output.needed(known.getAsLong());
        }
        return output(Step.FINAL, new byte[0], capacity);
    }

    private Output output(Step step, byte[] input, OptionalInt capacity) throws TokenException {
        Held waiting = held;
        if (waiting == null) {
            waiting = new Held(step, Bytes.of(input), Bytes.wrap(run(step, input)));
        } else if (waiting.step != step || (capacity.isPresent() && !waiting.input.equals(Bytes.wrap(input)))) {
            throw Refusal.of(
                    "CKR_OPERATION_ACTIVE", "output waits for a larger buffer, and this is another call than its own");
        }
        if (capacity.isEmpty() || waiting.output.length() > capacity.getAsInt()) {
            held = waiting;
            return Output.needed(waiting.output.length());
        }
        held = null;
        over = step != Step.PART;
        return Output.of(waiting.output.sharedArray());
    }

    private byte[] run(Step step, byte[] input) throws TokenException {
        return switch (step) {
            case WHOLE -> authenticated ? throughParts(input) : atOnce(input);
            case PART -> {
                byte[] out = ready().update(input);
                size.passed(input.length, out.length);
                yield out;
            }
            case FINAL -> ready().finish();
        };
    }

    /** What was begun has shown that key and mechanism fit; it is left, and done anew in one call. */
    private byte[] atOnce(byte[] input) throws TokenException {
        leave();
        return kind.whole(session, mechanism, key, input);
    }

    private void leave() {
        if (operation != null) {
            operation.close();
            operation = null;
        }
    }

    private byte[] throughParts(byte[] input) throws TokenException {
        byte[] first = ready().update(input);
        return joined(first, ready().finish());
    }

    private static byte[] joined(byte[] first, byte[] rest) {
        if (first.length == 0) {
            return rest;
        }
        byte[] all = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        Arrays.fill(first, (byte) 0);
        Arrays.fill(rest, (byte) 0);
        return all;
    }

    /** Returns whether output waits: then the input of the call that is repeated was taken already. */
    boolean hasTakenInput() {
        return held != null;
    }

    /** Takes all data and ends with its signature. */
    void verify(byte[] data, byte[] signature) throws TokenException {
        requireNoParts();
        if (authenticated || key == null) {
            ready().update(data);
            verifyFinal(signature);
            return;
        }
        over = true;
        requireNoPin();
        leave();
        requireValid(session.verify(key, mechanism, data, signature));
    }

    /** Ends with the signature of what was taken. */
    void verifyFinal(byte[] signature) throws TokenException {
        over = true;
        requireValid(ready().verify(signature));
    }

    static void requireValid(boolean valid) throws TokenException {
        if (!valid) {
            throw Refusal.of("CKR_SIGNATURE_INVALID", "the signature is not of this data and key");
        }
    }

    private void requireNoParts() throws TokenException {
        if (inParts) {
            throw Refusal.of("CKR_OPERATION_NOT_INITIALIZED", "the operation takes its data in parts");
        }
    }

    @Override
    public void close() {
        over = true;
        if (held != null) {
            Arrays.fill(held.output.sharedArray(), (byte) 0);
            held = null;
        }
        leave();
    }
}
