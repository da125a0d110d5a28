package org.symbolon.remote.server;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.Capability;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.serve.ClientIdentity;

/**
 * What a client says and hears, from frame to frame: in p11-kit's forms, and with a client of ours from C_Initialize on with
 * what both can beyond them. Not thread-safe, but for replies that were prepared.
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

    /** Reads a frame, which is wiped. */
    Exchange read(RpcFrame frame) throws MalformedMessageException {
        try {
            Request request = reader.read(frame.body().sharedArray());
            return new Exchange(frame.code(), frame.options(), request, codec);
        } finally {
            frame.wipe();
        }
    }

    /** A request and how it is answered. */
    final class Exchange {
        private final int code;
        private final Bytes options;
        private final Request request;
        private final RpcCodec form;
        private @Nullable Supplier<RpcMessage> prepared;

        private Exchange(int code, Bytes options, Request request, RpcCodec form) {
            this.code = code;
            this.options = options;
            this.request = request;
            this.form = form;
        }

        /** Returns whether the client takes replies to later requests before this one's. */
        boolean mayBeOvertaken() {
            return request.call().isOneShot() && dialect.has(Capability.OUT_OF_ORDER);
        }

        /** Looks up what the request names: then any thread may ask for the reply. */
        void prepare() {
            prepared = dispatcher.prepare(request);
        }

        /** Does what is asked and returns the reply, a frame that is to be wiped. */
        byte[] reply() {
            RpcMessage answer;
            long begun = System.nanoTime();
            try {
                answer = prepared != null ? prepared.get() : dispatcher.answer(request);
                metrics.served(request.call(), answer.failure(), System.nanoTime() - begun);
            } finally {
                request.wipe();
            }
            byte[] body = form.encodeReply(answer);
            try {
                Bytes told = answer.call() == RpcCall.INITIALIZE ? agree(options) : Bytes.empty();
                return new RpcFrame(code, told, Bytes.wrap(body)).encode();
            } finally {
                Arrays.fill(body, (byte) 0);
            }
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
