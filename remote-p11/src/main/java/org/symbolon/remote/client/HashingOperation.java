package org.symbolon.remote.client;

import java.security.MessageDigest;
import org.symbolon.Bytes;
import org.symbolon.Operation;
import org.symbolon.TokenException;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;

/** A signature whose data is hashed here, and whose key was begun with on the token. */
final class HashingOperation implements Operation {
    private static final int SIGNATURE_BYTES = 4096;
    private static final byte[] NOTHING = new byte[0];

    private final OperationPlace place;
    private final LocalHash hash;
    private final boolean verifies;
    private final MessageDigest digest;

    HashingOperation(OperationPlace place, LocalHash hash, boolean verifies) throws TokenException {
        this.place = place;
        this.hash = hash;
        this.verifies = verifies;
        this.digest = hash.start();
    }

    @Override
    public byte[] update(byte[] input, int offset, int length) {
        place.requireRunning();
        digest.update(input, offset, length);
        return NOTHING;
    }

    @Override
    public byte[] finish() throws TokenException {
        place.requireRunning();
        if (verifies) {
            throw new IllegalStateException("this operation verifies");
        }
        Data data = new Data(Bytes.wrap(hash.finish(digest)));
        byte[] signature =
                place.ask(SIGNATURE_BYTES, buffer -> RpcMessage.of(RpcCall.SIGN, place.session(), data, buffer));
        place.succeeded();
        return signature;
    }

    @Override
    public boolean verify(byte[] signature) throws TokenException {
        place.requireRunning();
        if (!verifies) {
            throw new IllegalStateException("this operation does not verify");
        }
        Data data = new Data(Bytes.wrap(hash.finish(digest)));
        boolean bad = SessionKeys.isBadSignature(
                place.exchange(RpcMessage.of(RpcCall.VERIFY, place.session(), data, new Data(Bytes.of(signature)))));
        place.succeeded();
        return !bad;
    }

    @Override
    public void close() {
        place.abandon();
    }
}
