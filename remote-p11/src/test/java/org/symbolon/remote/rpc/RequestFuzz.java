package org.symbolon.remote.rpc;

import java.util.EnumSet;

/**
 * A fuzz target: the bytes of a client that means harm, read as a request in every dialect. What decodes has to survive being
 * encoded and decoded again. Jazzer finds the method by its name; {@link FuzzTest} calls it in every build.
 */
public final class RequestFuzz {
    /** What two ends of ours speak. */
    static final Dialect OURS = Dialect.V2.with(EnumSet.allOf(Capability.class));

    private static final Dialect[] DIALECTS = {Dialect.V0, Dialect.V1, Dialect.V1_NESTED, Dialect.V2, OURS};

    private RequestFuzz() {}

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        for (Dialect dialect : DIALECTS) {
            tryDecode(new RpcCodec(dialect), data);
        }
    }

    /** Returns whether the bytes are a request in a dialect. */
    static boolean tryDecode(RpcCodec codec, byte[] data) {
        RpcMessage message;
        try {
            message = codec.decodeRequest(data).message();
        } catch (MalformedMessageException e) {
            return false;
        }
        try {
            RpcMessage again = codec.decodeRequest(codec.encodeRequest(message)).message();
            if (!again.equals(message)) {
                throw new AssertionError(message + " changed");
            }
        } catch (MalformedMessageException e) {
            throw new AssertionError(message + " is not read again", e);
        }
        return true;
    }
}
