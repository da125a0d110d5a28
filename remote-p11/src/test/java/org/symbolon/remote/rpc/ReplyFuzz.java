package org.symbolon.remote.rpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.symbolon.remote.rpc.Argument.NoParameter;
import org.symbolon.remote.rpc.Argument.RpcMechanism;

/**
 * A fuzz target: the bytes of a server that means harm, read as a frame and as the reply to whatever call they name. Jazzer
 * finds the method by its name; {@link FuzzTest} calls it in every build.
 */
public final class ReplyFuzz {
    private static final Argument ECDH1_DERIVE = new RpcMechanism(0x1050, new NoParameter());

    private ReplyFuzz() {}

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        for (Dialect dialect : List.of(Dialect.V0, Dialect.V2, RequestFuzz.OURS)) {
            tryDecode(new RpcCodec(dialect), data);
        }
        try {
            Optional<RpcFrame> frame = RpcFrame.read(new ByteArrayInputStream(data));
            if (frame.isPresent() && frame.get().encode().length > data.length) {
                throw new AssertionError("a frame is longer than what it was read from");
            }
        } catch (IOException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("no reason is given", e);
            }
        }
    }

    /** Returns whether the bytes are a reply in a dialect. */
    static boolean tryDecode(RpcCodec codec, byte[] data) {
        RpcCall call = data.length < Integer.BYTES
                ? RpcCall.LOGIN
                : RpcCall.of(data[3] & 0xFF).orElse(RpcCall.LOGIN);
        RpcMessage request = RpcMessage.of(call, ECDH1_DERIVE);
        RpcMessage reply;
        try {
            reply = codec.decodeReply(data, request).message();
        } catch (MalformedMessageException e) {
            return false;
        }
        try {
            if (!codec.decodeReply(codec.encodeReply(reply), request).message().equals(reply)) {
                throw new AssertionError(reply + " changed");
            }
        } catch (MalformedMessageException e) {
            throw new AssertionError(reply + " is not read again", e);
        }
        return true;
    }
}
