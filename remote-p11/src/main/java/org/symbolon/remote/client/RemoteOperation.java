package org.symbolon.remote.client;

import java.util.Arrays;
import java.util.Objects;
import org.symbolon.Bytes;
import org.symbolon.Operation;
import org.symbolon.TokenException;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;

/** An operation whose data goes to the token in parts. */
final class RemoteOperation implements Operation {
    private static final int MARGIN_BYTES = 4096;
    private static final byte[] NOTHING = new byte[0];

    private final OperationPlace place;
    private final Steps steps;
    private long taken;
    private long given;

    /**
     * The calls of a kind of operation.
     *
     * @param update takes data
     * @param last ends it
     * @param transforms whether each part of the input gives a part of the output
     */
    record Steps(RpcCall update, RpcCall last, boolean transforms) {
        static final Steps SIGN = new Steps(RpcCall.SIGN_UPDATE, RpcCall.SIGN_FINAL, false);
        static final Steps VERIFY = new Steps(RpcCall.VERIFY_UPDATE, RpcCall.VERIFY_FINAL, false);
        static final Steps DIGEST = new Steps(RpcCall.DIGEST_UPDATE, RpcCall.DIGEST_FINAL, false);
        static final Steps ENCRYPT = new Steps(RpcCall.ENCRYPT_UPDATE, RpcCall.ENCRYPT_FINAL, true);
        static final Steps DECRYPT = new Steps(RpcCall.DECRYPT_UPDATE, RpcCall.DECRYPT_FINAL, true);

        boolean verifies() {
            return last == RpcCall.VERIFY_FINAL;
        }
    }

    RemoteOperation(OperationPlace place, Steps steps) {
        this.place = place;
        this.steps = steps;
    }

    @Override
    public byte[] update(byte[] input, int offset, int length) throws TokenException {
        place.requireRunning();
        Objects.checkFromIndexSize(offset, length, input.length);
        if (length == 0) {
            return NOTHING;
        }
        Data data = new Data(Bytes.wrap(Arrays.copyOfRange(input, offset, offset + length)));
        taken += length;
        if (!steps.transforms()) {
            place.call(RpcMessage.of(steps.update(), place.session(), data));
            return NOTHING;
        }
        byte[] output = place.ask(capacity(), buffer -> RpcMessage.of(steps.update(), place.session(), data, buffer));
        given += output.length;
        return output;
    }

    /** All that the token may hold back so far, and some padding. */
    private long capacity() {
        return taken - given + MARGIN_BYTES;
    }

    @Override
    public byte[] finish() throws TokenException {
        place.requireRunning();
        requireKind(!steps.verifies());
        byte[] output = place.ask(capacity(), buffer -> RpcMessage.of(steps.last(), place.session(), buffer));
        place.succeeded();
        return output;
    }

    @Override
    public boolean verify(byte[] signature) throws TokenException {
        place.requireRunning();
        requireKind(steps.verifies());
        boolean bad = SessionKeys.isBadSignature(
                place.exchange(RpcMessage.of(steps.last(), place.session(), new Data(Bytes.of(signature)))));
        place.succeeded();
        return !bad;
    }

    private void requireKind(boolean right) {
        if (!right) {
            throw new IllegalStateException(
                    steps.verifies() ? "this operation verifies" : "this operation does not verify");
        }
    }

    @Override
    public void close() {
        place.abandon();
    }
}
