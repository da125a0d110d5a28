package org.symbolon.remote.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.remote.rpc.Capability;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.remote.transport.Endpoint;
import org.symbolon.remote.transport.Transport;
import org.symbolon.transport.CallWatch;

/**
 * A server that answers as some bytes say, without a thread of its own. The first is its version, 3 for one of ours. For each reply one byte is taken from them: below 128
 * the reply is as it should be; below 192 its arguments are the bytes that follow, behind their length in one byte; else its
 * whole body is, behind its length in two. When the bytes have run out the server behaves.
 */
final class FuzzedServer implements Endpoint {
    private static final Dialect OURS = Dialect.V2.with(EnumSet.allOf(Capability.class));
    private static final int HEADER_BYTES = 8;

    private final byte[] data;
    private final ScriptedModule behaving = new ScriptedModule();
    private int at;
    private int replies;

    FuzzedServer(byte[] data) {
        this.data = data;
    }

    /** How many replies it gave. */
    int replies() {
        return replies;
    }

    @Override
    public Transport connect(CallWatch watch, Deadline deadline) {
        int version = next() % 4;
        Dialect dialect = version > Dialect.NEWEST ? OURS : Dialect.of(version);
        RpcCodec codec = new RpcCodec(dialect);
        return new ImmediateConnection(offered -> Math.min(version, offered), frame -> {
            RpcMessage request = codec.decodeRequest(frame.body().sharedArray()).message();
            boolean agrees = request.call() == RpcCall.INITIALIZE && dialect.equals(OURS);
            return new RpcFrame(
                    frame.code(), agrees ? frame.options() : Bytes.empty(), Bytes.wrap(reply(codec, request)));
        });
    }

    @Override
    public String toString() {
        return "the fuzzed server";
    }

    private int next() {
        return at < data.length ? data[at++] & 0xFF : 0;
    }

    private byte[] next(int length) {
        byte[] bytes = Arrays.copyOfRange(data, Math.min(at, data.length), Math.min(at + length, data.length));
        at += bytes.length;
        return bytes;
    }

    private byte[] reply(RpcCodec codec, RpcMessage request) {
        replies++;
        int how = next();
        if (how >= 192) {
            return next(next() << 8 | next());
        }
        if (how < 128) {
            return codec.encodeReply(behaving.answer(request));
        }
        byte[] arguments = next(next());
        byte[] signature = request.call().reply().text().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(HEADER_BYTES + signature.length + arguments.length)
                .putInt(request.call().number())
                .putInt(signature.length)
                .put(signature)
                .put(arguments)
                .array();
    }
}
