package org.symbolon.jca;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.key.TokenSecretKey;

/** What an initialised cipher does with data, from its first byte to its last, and then again. Not thread-safe. */
final class CipherRun implements AutoCloseable {
    private static final byte[] NOTHING = {};
    private static final int PART_BYTES = 16 * 1024 * 1024;

    private final CipherAlgorithm algorithm;
    private final CipherMode mode;
    private final TokenSecretKey key;
    private final CipherParameters parameters;
    private final boolean encrypting;
    private final boolean streams;
    private final WipedBuffer additionalData = new WipedBuffer();
    private final WipedBuffer pending = new WipedBuffer();
    private @Nullable StreamedOperation operation;
    private int insideToken;
    private byte @Nullable [] result;
    private boolean gaveOut;
    private boolean spent;

    CipherRun(CipherAlgorithm algorithm, TokenSecretKey key, CipherParameters parameters, boolean encrypting) {
        this.algorithm = algorithm;
        this.mode = algorithm.mode();
        this.key = key;
        this.parameters = parameters;
        this.encrypting = encrypting;
        this.streams = mode.streams(encrypting);
    }

    MechanismFunction function() {
        return encrypting ? MechanismFunction.ENCRYPT : MechanismFunction.DECRYPT;
    }

    /** Returns whether the IV has encrypted a message and must not encrypt another. */
    boolean isSpent() {
        return spent;
    }

    /** Returns whether something that was encrypted with the IV has left, be its message complete or not. */
    boolean hasGivenOut() {
        return gaveOut || spent;
    }

    /** Returns the mechanism for input of a length. */
    Mechanism mechanism(int inputBytes) {
        long dataBytes = encrypting ? inputBytes : Math.max(0, inputBytes - parameters.tagBytes());
        return mode.mechanism(algorithm.type(), parameters, Bytes.wrap(additionalData.peek()), dataBytes);
    }

    void additionalData(byte[] data, int offset, int length) {
        if (!mode.isAead()) {
            throw new IllegalStateException(algorithm.name() + " authenticates nothing");
        }
        if (operation != null || pending.size() > 0 || result != null) {
            throw new IllegalStateException("additional data comes before the data");
        }
        additionalData.write(data, offset, length);
    }

    // ---- how much comes out

    /** Returns an upper bound of what {@code doFinal} gives. */
    int outputSize(int inputBytes) {
        int all = Math.addExact(pending.size() + insideToken, inputBytes);
        if (mode.isAead()) {
            return encrypting ? Math.addExact(all, parameters.tagBytes()) : Math.max(0, all - parameters.tagBytes());
        }
        return algorithm.padded() && encrypting
                ? Math.addExact(all, algorithm.blockBytes() - all % algorithm.blockBytes())
                : all;
    }

    /** Returns what {@code doFinal} gives at least: what can be said before it is done. */
    int leastOutput(int inputBytes) {
        if (result != null) {
            return result.length;
        }
        int most = outputSize(inputBytes);
        return algorithm.padded() && !encrypting ? Math.max(0, most - algorithm.blockBytes()) : most;
    }

    /** Returns what {@code update} gives at most. */
    int updateSize(int inputBytes) {
        int feed = streams ? feed(pending.size() + inputBytes) : 0;
        return feed == 0 ? 0 : feed + insideToken;
    }

    /** Returns how much of what is there the token gets now. */
    private int feed(int available) {
        if (!mode.isBlockwise()) {
            return available;
        }
        int blockBytes = algorithm.blockBytes();
        int whole = available - available % blockBytes;
        boolean holdsLast = algorithm.padded() && !encrypting && whole == available;
        return holdsLast ? Math.max(0, whole - blockBytes) : whole;
    }

    // ---- data

    byte[] update(byte[] data, int offset, int length) {
        if (result != null) {
            throw new IllegalStateException("doFinal has begun; call it again with room for its output");
        }
        if (streams && length > PART_BYTES) {
            return updateInParts(data, offset, length);
        }
        pending.write(data, offset, length);
        int feed = streams ? feed(pending.size()) : 0;
        if (feed == 0) {
            return NOTHING;
        }
        boolean good = false;
        try {
            byte[] output = give(pending.take(feed));
            gaveOut |= output.length > 0 && usesIvOnce();
            good = true;
            return output;
        } catch (TokenException | IllegalStateException e) {
            throw Failures.provider(e);
        } finally {
            if (!good) {
                restart();
            }
        }
    }

    private byte[] updateInParts(byte[] data, int offset, int length) {
        ByteArrayOutputStream output = new ByteArrayOutputStream(length);
        for (int done = 0; done < length; done += PART_BYTES) {
            output.writeBytes(update(data, offset + done, Math.min(PART_BYTES, length - done)));
        }
        return output.toByteArray();
    }

    private byte[] give(byte[] input) throws TokenException {
        if (operation == null) {
            Session session = key.session();
            Mechanism mechanism = mechanism(0);
            operation = new StreamedOperation(
                    this,
                    encrypting
                            ? session.startEncrypt(key.object(), mechanism)
                            : session.startDecrypt(key.object(), mechanism));
        }
        try {
            byte[] output = operation.update(this, input);
            insideToken += input.length - output.length;
            return output;
        } finally {
            Arrays.fill(input, (byte) 0);
        }
    }

    /** Returns the rest, and again until it is {@linkplain #delivered delivered}. */
    byte[] finish(byte[] data, int offset, int length) throws IllegalBlockSizeException, BadPaddingException {
        if (result != null) {
            return result;
        }
        boolean good = false;
        try {
            byte[] whole = isWhole(data, offset, length) ? finish(data, false) : finishCollected(data, offset, length);
            result = whole;
            good = true;
            return whole;
        } catch (TokenException e) {
            throw translated(e);
        } catch (IllegalStateException e) {
            throw Failures.provider(e);
        } finally {
            if (!good) {
                restart();
            }
        }
    }

    /** Returns whether these bytes are all of the input and can be given to the token as they are. */
    private boolean isWhole(byte[] data, int offset, int length) {
        boolean all = operation == null && pending.size() == 0 && offset == 0 && length == data.length;
        boolean becomesPadded = algorithm.padded() && encrypting;
        return all && !becomesPadded && length <= (streams ? PART_BYTES : WipedBuffer.MAX_BYTES);
    }

    private byte[] finishCollected(byte[] data, int offset, int length)
            throws TokenException, IllegalBlockSizeException, BadPaddingException {
        byte[] head = NOTHING;
        if (streams && length > PART_BYTES) {
            head = update(data, offset, length);
        } else {
            pending.write(data, offset, length);
        }
        return joined(head, finish(pending.take(), true));
    }

    /**
     * Gives the token the last of the input.
     *
     * @param own whether the array is a copy, to be wiped if it holds plaintext
     */
    private byte[] finish(byte[] tail, boolean own)
            throws TokenException, IllegalBlockSizeException, BadPaddingException {
        int blockBytes = algorithm.blockBytes();
        boolean nothing = tail.length == 0 && operation == null;
        if (nothing && algorithm.padded() && !encrypting) {
            return NOTHING;
        }
        if (!encrypting && tail.length < parameters.tagBytes()) {
            throw new AEADBadTagException("the ciphertext is shorter than its tag");
        }
        byte[] input = algorithm.padded() && encrypting ? Pkcs5Padding.add(tail, blockBytes) : tail;
        if (mode.isBlockwise() && input.length % blockBytes != 0) {
            throw new IllegalBlockSizeException("the input is a multiple of " + blockBytes + " bytes with "
                    + algorithm.name() + ", " + input.length % blockBytes + " are left over");
        }
        byte[] output = operation == null ? atOnce(input, own) : last(input);
        return algorithm.padded() && !encrypting ? Pkcs5Padding.remove(output, blockBytes) : output;
    }

    private byte[] atOnce(byte[] input, boolean own) throws TokenException {
        Session session = key.session();
        try {
            return encrypting
                    ? session.encrypt(key.object(), mechanism(input.length), input)
                    : session.decrypt(key.object(), mechanism(input.length), input);
        } finally {
            if (encrypting && own) {
                Arrays.fill(input, (byte) 0);
            }
        }
    }

    private byte[] last(byte[] input) throws TokenException {
        byte[] head = input.length == 0 ? NOTHING : give(input);
        byte[] tail = operation == null ? NOTHING : operation.finish(this);
        return joined(head, tail);
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        if (head.length == 0) {
            return tail;
        }
        byte[] output = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, output, head.length, tail.length);
        return output;
    }

    private RuntimeException translated(TokenException e) throws IllegalBlockSizeException, BadPaddingException {
        if (!encrypting && Failures.doesNotOpen(e)) {
            if (mode.isAead()) {
                AEADBadTagException failure = new AEADBadTagException(
                        "the tag does not fit: another key or IV, " + "other additional data, or damaged data");
                failure.initCause(e);
                throw failure;
            }
            return Failures.provider(Failures.decryption(e));
        }
        if (e.status().name().equals("CKR_DATA_LEN_RANGE")) {
            IllegalBlockSizeException failure = new IllegalBlockSizeException(e.getMessage());
            failure.initCause(e);
            throw failure;
        }
        return Failures.provider(e);
    }

    private boolean usesIvOnce() {
        return encrypting && mode.isAead();
    }

    /** Ends the message: what comes next is another. */
    void delivered() {
        result = null;
        restart();
        spent = usesIvOnce();
    }

    private void restart() {
        spent |= gaveOut;
        if (operation != null) {
            operation.close();
        }
        operation = null;
        insideToken = 0;
        pending.wipe();
        additionalData.wipe();
    }

    @Override
    public void close() {
        restart();
        result = null;
    }
}
