package org.symbolon.remote.server;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.remote.oncrpc.AcceptStatus;
import org.symbolon.remote.oncrpc.GssAcceptor;
import org.symbolon.remote.oncrpc.GssCaller;
import org.symbolon.remote.oncrpc.GssServer;
import org.symbolon.remote.oncrpc.GssService;
import org.symbolon.remote.oncrpc.RpcRecord;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.remote.xdr.XdrCodec;
import org.symbolon.serve.ClientIdentity;
import org.symbolon.serve.ClientStream;
import org.symbolon.serve.RefusalLog;
import org.symbolon.serve.ServedClient;

/**
 * A client that speaks our program of ONC RPC under a security context. Its application, in the sense of PKCS #11, is the
 * connection: sessions and handles live while it does, also when its context is renewed.
 */
final class OncRpcConnection extends ServedClient {
    private static final Logger LOG = LoggerFactory.getLogger(OncRpcConnection.class);

    private final SlotTable slots;
    private final Terms terms;
    private final GssServer gss;
    private @Nullable Dispatcher dispatcher;

    OncRpcConnection(
            ClientStream stream,
            SlotTable slots,
            Terms terms,
            Acceptance acceptance,
            RefusalLog refusals,
            boolean mayWait) {
        super(stream, terms.times(), refusals, mayWait);
        this.slots = slots;
        this.terms = terms;
        this.gss = new GssServer(XdrCodec.PROGRAM, acceptance.acceptor(), acceptance.weakest());
    }

    /**
     * How callers are let in.
     *
     * @param acceptor what accepts their tickets
     * @param weakest the least protection of their calls
     */
    record Acceptance(GssAcceptor acceptor, GssService weakest) {}

    @Override
    protected boolean isIntroduced() {
        return gss.caller().isPresent();
    }

    @Override
    protected void answerNext() throws IOException {
        int most = isIntroduced() ? RpcRecord.MAX_BYTES : RpcRecord.MAX_INTRODUCTION_BYTES;
        byte[] message = RpcRecord.read(input(), most).orElseThrow(EOFException::new);
        works();
        GssServer.Outcome outcome;
        try {
            outcome = gss.take(message);
        } finally {
            Arrays.fill(message, (byte) 0);
        }
        if (outcome instanceof GssServer.Answered answered) {
            replies().write(RpcRecord.encode(answered.message().sharedArray()));
        } else if (outcome instanceof GssServer.Call call) {
            answer(call);
        }
    }

    private void answer(GssServer.Call call) throws IOException {
        Optional<RpcCall> function = RpcCall.of(call.procedure()).filter(known -> known != RpcCall.ERROR);
        if (function.isEmpty()) {
            write(gss.notDone(call, AcceptStatus.PROC_UNAVAIL));
            return;
        }
        Request request;
        try {
            request = new Request(XdrCodec.decodeRequest(function.get(), call.arguments()));
        } catch (MalformedMessageException e) {
            LOG.info("{} of {} does not decode: {}", function.get().function(), name(), e.getMessage());
            write(gss.notDone(call, AcceptStatus.GARBAGE_ARGS));
            return;
        } finally {
            Arrays.fill(call.arguments(), (byte) 0);
        }
        byte[] results = XdrCodec.encodeReply(reply(request));
        Optional<byte[]> reply = call.reply(results);
        Arrays.fill(results, (byte) 0);
        if (reply.isPresent()) {
            write(reply.get());
        }
    }

    private RpcMessage reply(Request request) {
        long begun = System.nanoTime();
        try {
            RpcMessage answer = request.call() == RpcCall.INITIALIZE
                    ? dispatcher().begin()
                    : request.call().isOneShot()
                            ? dispatcher().prepare(request).get()
                            : dispatcher().answer(request);
            terms.metrics().served(request.call(), answer.failure(), System.nanoTime() - begun);
            return answer;
        } finally {
            request.wipe();
        }
    }

    private Dispatcher dispatcher() {
        if (dispatcher == null) {
            GssCaller caller = gss.caller().orElseThrow();
            dispatcher = new Dispatcher(
                    slots, new ClientIdentity(ClientIdentity.Kind.PRINCIPAL, caller.principal()), terms, Dialect.XDR);
        }
        return dispatcher;
    }

    private void write(byte[] message) throws IOException {
        byte[] record = RpcRecord.encode(message);
        Arrays.fill(message, (byte) 0);
        replies().write(record);
    }

    @Override
    protected void left() {
        if (dispatcher != null) {
            dispatcher.close();
        }
        gss.close();
    }

    @Override
    protected boolean isMalformed(IOException failure) {
        return failure instanceof MalformedMessageException;
    }
}
