package org.symbolon.remote.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.Capability;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;

/** The frames of p11-kit's RPC, and what a server of ours can beyond them. */
final class P11KitWire implements Wire {
    private static final Logger LOG = LoggerFactory.getLogger(P11KitWire.class);
    private static final Bytes NAME = Bytes.wrap("symbolon".getBytes(StandardCharsets.US_ASCII));
    private static final int FIRST_CODE = 0x10;

    private final InputStream input;
    private Dialect dialect;
    private RpcCodec codec;
    private int nextCode = FIRST_CODE;

    P11KitWire(InputStream input, Dialect dialect) {
        this.input = input;
        this.dialect = dialect;
        this.codec = new RpcCodec(dialect);
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public long write(RpcMessage request, OutputStream out) throws IOException {
        int code = nextCode;
        nextCode = code == Integer.MAX_VALUE ? FIRST_CODE : code + 1;
        byte[] body = codec.encodeRequest(request);
        byte[] frame;
        try {
            Bytes options = request.call() == RpcCall.INITIALIZE ? Capability.offer() : NAME;
            frame = new RpcFrame(code, options, Bytes.wrap(body)).encode();
        } finally {
            Arrays.fill(body, (byte) 0);
        }
        out.write(frame);
        Arrays.fill(frame, (byte) 0);
        return code;
    }

    @Override
    public Answer read(Map<Long, RpcMessage> asked) throws IOException {
        RpcFrame frame = RpcFrame.read(input)
                .orElseThrow(
                        () -> new EOFException("it ended without an answer, as it does when a request is malformed"));
        RpcMessage request = asked.get((long) frame.code());
        if (request == null) {
            throw new IOException("it answered to code " + frame.code() + ", which nothing waits for");
        }
        RpcMessage reply =
                codec.decodeReply(frame.body().sharedArray(), request).message();
        frame.wipe();
        if (reply.call() == RpcCall.INITIALIZE) {
            agree(Capability.answered(frame.options()));
        }
        return new Answer(frame.code(), reply);
    }

    /** Agrees with a server of ours on what both can beyond p11-kit's protocol. */
    private void agree(Set<Capability> agreed) {
        if (!agreed.isEmpty()) {
            dialect = dialect.with(agreed);
            codec = new RpcCodec(dialect);
            LOG.debug("The server has {}", agreed);
        }
    }
}
