package org.symbolon.remote.server;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.remote.crush.CrushCodec;
import org.symbolon.remote.crush.CrushProgram;
import org.symbolon.remote.oncrpc.AcceptStatus;
import org.symbolon.remote.oncrpc.PlainServer;
import org.symbolon.remote.oncrpc.RpcRecord;
import org.symbolon.remote.oncrpc.XdrInput;
import org.symbolon.remote.oncrpc.XdrOutput;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.serve.ClientStream;
import org.symbolon.serve.RefusalLog;
import org.symbolon.serve.ServedClient;

/** A client library of Caml Crush. It says what its memory is like, names a module, and initializes. */
final class CrushConnection extends ServedClient {
    private static final Logger LOG = LoggerFactory.getLogger(CrushConnection.class);
    private static final int MAX_MODULE_BYTES = 1024;
    private static final long FUNCTION_NOT_PARALLEL = 0x51; // CKR_FUNCTION_NOT_PARALLEL
    private static final long GET_FUNCTION_STATUS = 68;
    private static final long CANCEL_FUNCTION = 69;

    private final Terms terms;
    private final PlainServer rpc = new PlainServer(CrushProgram.PROGRAM);
    private final Dispatcher dispatcher;
    private boolean memoryIsKnown;

    CrushConnection(ClientStream stream, SlotTable slots, Terms terms, RefusalLog refusals, boolean mayWait) {
        super(stream, terms.times(), refusals, mayWait);
        this.terms = terms;
        this.dispatcher = new Dispatcher(slots, stream.client(), terms, Dialect.CRUSH);
    }

    @Override
    protected boolean isIntroduced() {
        return dispatcher.isInitialized();
    }

    @Override
    protected void answerNext() throws IOException {
        int most = isIntroduced() ? RpcRecord.MAX_BYTES : RpcRecord.MAX_INTRODUCTION_BYTES;
        byte[] message = RpcRecord.read(input(), most).orElseThrow(EOFException::new);
        works();
        PlainServer.Outcome outcome;
        try {
            outcome = rpc.take(message);
        } finally {
            Arrays.fill(message, (byte) 0);
        }
        if (outcome instanceof PlainServer.Call call) {
            byte[] arguments = call.arguments().sharedArray();
            try {
                write(answer(call, arguments));
            } finally {
                Arrays.fill(arguments, (byte) 0);
            }
        } else if (outcome instanceof PlainServer.Answered answered) {
            write(answered.message().sharedArray());
        }
    }

    private byte[] answer(PlainServer.Call call, byte[] arguments) {
        try {
            Optional<byte[]> results = results(call.procedure(), arguments);
            return results.isPresent()
                    ? rpc.done(call.xid(), results.get())
                    : rpc.notDone(call.xid(), AcceptStatus.PROC_UNAVAIL);
        } catch (MalformedMessageException e) {
            LOG.info("a call of {} does not decode: {}", name(), e.getMessage());
            return rpc.notDone(call.xid(), AcceptStatus.GARBAGE_ARGS);
        }
    }

    private Optional<byte[]> results(long procedure, byte[] arguments) throws MalformedMessageException {
        if (procedure == CrushProgram.SETUP_ARCH) {
            memoryIsKnown = new XdrInput(arguments).hyper() == CrushProgram.LITTLE_ENDIAN_64;
            return Optional.of(number(memoryIsKnown ? CrushProgram.LITTLE_ENDIAN_64 : CrushProgram.UNSUPPORTED));
        } else if (procedure == CrushProgram.LOAD_MODULE) {
            new XdrInput(arguments).opaque(MAX_MODULE_BYTES); // everything served is one module, whatever it is called
            return Optional.of(number(0));
        } else if (procedure == GET_FUNCTION_STATUS || procedure == CANCEL_FUNCTION) {
            return Optional.of(number(FUNCTION_NOT_PARALLEL));
        }
        Optional<RpcCall> function = CrushProgram.call(procedure);
        if (function.isEmpty() || !memoryIsKnown) {
            return Optional.empty();
        }
        Request request = new Request(CrushCodec.decodeRequest(function.get(), arguments));
        return Optional.of(CrushCodec.encodeReply(function.get(), reply(request)));
    }

    private RpcMessage reply(Request request) {
        long begun = System.nanoTime();
        try {
            RpcMessage answer = request.call() == RpcCall.INITIALIZE ? dispatcher.begin() : dispatcher.answer(request);
            terms.metrics().served(request.call(), answer.failure(), System.nanoTime() - begun);
            return answer;
        } finally {
            request.wipe();
        }
    }

    private static byte[] number(long value) {
        XdrOutput out = new XdrOutput();
        out.hyper(value);
        return out.finish();
    }

    private void write(byte[] message) throws IOException {
        byte[] record = RpcRecord.encode(message);
        Arrays.fill(message, (byte) 0);
        replies().write(record);
    }

    @Override
    protected void left() {
        dispatcher.close();
    }

    @Override
    protected boolean isMalformed(IOException failure) {
        return failure instanceof MalformedMessageException;
    }
}
