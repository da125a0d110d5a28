package org.symbolon.remote.server;

import java.util.Arrays;
import java.util.Set;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.Capability;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;

/**
 * What a client says and hears, from frame to frame: in p11-kit's forms, and with a client of ours from C_Initialize on with
 * what both can beyond them. Not thread-safe.
 */
final class Conversation implements AutoCloseable {
    private final ServerMetrics metrics;
    private final Dispatcher dispatcher;
    private Dialect dialect;
    private RequestReader reader;
    private RpcCodec codec;

    Conversation(int offeredVersion, SlotTable slots, ClientIdentity client, Terms terms) {
        this.metrics = terms.metrics();
        this.dialect = Dialect.of(offeredVersion);
        this.reader = RequestReader.of(offeredVersion);
        this.codec = new RpcCodec(dialect);
        this.dispatcher = new Dispatcher(slots, client, terms, dialect);
    }

    /** Returns whether the client has introduced itself with C_Initialize. */
    boolean isInitialized() {
        return dispatcher.isInitialized();
    }

    /** Answers a frame, which is wiped, with one that is to be wiped. */
    byte[] reply(RpcFrame frame) throws MalformedMessageException {
        Request request;
        try {
            request = reader.read(frame.body().sharedArray());
        } finally {
            frame.wipe();
        }
        RpcMessage answer;
        long begun = System.nanoTime();
        try {
            answer = dispatcher.answer(request);
            metrics.served(request.call(), answer.failure(), System.nanoTime() - begun);
        } finally {
            request.wipe();
        }
        byte[] body = codec.encodeReply(answer);
        try {
            Bytes options = answer.call() == RpcCall.INITIALIZE ? agree(frame.options()) : Bytes.empty();
            return new RpcFrame(frame.code(), options, Bytes.wrap(body)).encode();
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /** Agrees with a client that has just been let in on what both can, and returns what it is told of that. */
    private Bytes agree(Bytes offer) {
        Set<Capability> agreed = Capability.offered(offer);
        if (!agreed.isEmpty()) {
            dialect = dialect.with(agreed);
            reader = RequestReader.of(dialect);
            codec = new RpcCodec(dialect);
        }
        return Capability.answer(agreed);
    }

    /** Ends what the client has. */
    @Override
    public void close() {
        dispatcher.close();
    }
}
