package org.symbolon.remote.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.remote.crush.CrushCodec;
import org.symbolon.remote.crush.CrushProgram;
import org.symbolon.remote.oncrpc.GssClient;
import org.symbolon.remote.oncrpc.PlainClient;
import org.symbolon.remote.oncrpc.XdrInput;
import org.symbolon.remote.oncrpc.XdrOutput;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;

/** The program of a Caml Crush server, with one of the modules that it names. */
final class CrushWire implements Wire {
    private static final long FUNCTION_NOT_SUPPORTED = 0x54; // CKR_FUNCTION_NOT_SUPPORTED

    private static final long ALREADY_INITIALIZED = 0x191; // CKR_CRYPTOKI_ALREADY_INITIALIZED
    /** The answer of a process of the server that had an earlier client. */
    private static final long LOADED_BEFORE = -1;

    private static final Logger LOG = LoggerFactory.getLogger(CrushWire.class);

    private final PlainClient client;
    private final String module;
    private final OutputStream output;
    private final Map<Long, RpcMessage> unsupported = new HashMap<>();
    private boolean begun;
    private long nextUnsupported = -1;

    /**
     * Makes the wire.
     *
     * @param module the server's name for the module
     */
    CrushWire(InputStream input, OutputStream output, String module) {
        this.client = new PlainClient(CrushProgram.PROGRAM, input);
        this.output = output;
        this.module = module;
    }

    @Override
    public Dialect dialect() {
        return Dialect.CRUSH;
    }

    @Override
    public void settle(Deadline deadline) throws IOException {
        if (begun) {
            return;
        }
        XdrOutput memory = new XdrOutput();
        memory.hyper(CrushProgram.LITTLE_ENDIAN_64);
        long answer = ask(CrushProgram.SETUP_ARCH, memory.finish());
        if (answer == CrushProgram.UNSUPPORTED) {
            throw new IOException("the server speaks of no little-endian memory of 64 bits");
        }
        XdrOutput name = new XdrOutput();
        name.opaque(module.getBytes(StandardCharsets.UTF_8));
        long returnValue = ask(CrushProgram.LOAD_MODULE, name.finish());
        if (returnValue != 0 && returnValue != LOADED_BEFORE) {
            throw new IOException(
                    "the server has no module \"" + module + "\" for this client: 0x" + Long.toHexString(returnValue));
        }
        begun = true;
    }

    private long ask(long procedure, byte[] arguments) throws IOException {
        client.write(procedure, arguments, output);
        output.flush();
        return new XdrInput(client.receive().results().sharedArray()).hyper();
    }

    @Override
    public long write(RpcMessage request, OutputStream out) throws IOException {
        Integer procedure = CrushProgram.number(request.call()).orElse(null);
        if (procedure == null) {
            long code = nextUnsupported--;
            unsupported.put(code, RpcMessage.error(FUNCTION_NOT_SUPPORTED));
            return code;
        }
        byte[] arguments = CrushCodec.encodeRequest(request);
        try {
            return client.write(procedure, arguments, out);
        } finally {
            Arrays.fill(arguments, (byte) 0);
        }
    }

    @Override
    public Answer read(Map<Long, RpcMessage> asked) throws IOException {
        for (Long code : asked.keySet()) {
            RpcMessage answer = unsupported.remove(code);
            if (answer != null) {
                return new Answer(code, answer);
            }
        }
        GssClient.Reply reply = client.receive();
        RpcMessage request = asked.get(reply.xid());
        if (request == null) {
            throw new IOException("it answered to call " + reply.xid() + ", which nothing waits for");
        }
        byte[] results = reply.results().sharedArray();
        try {
            RpcMessage answer = CrushCodec.decodeReply(request, results);
            boolean initialized = request.call() == RpcCall.INITIALIZE && answer.failure() == ALREADY_INITIALIZED;
            return new Answer(reply.xid(), initialized ? RpcMessage.of(RpcCall.INITIALIZE) : answer);
        } finally {
            Arrays.fill(results, (byte) 0);
        }
    }

    /** Finalizes, since the server's process lives on and would keep the login for its next client. */
    @Override
    public void close() {
        if (begun) {
            try {
                write(RpcMessage.of(RpcCall.FINALIZE), output);
                output.flush();
            } catch (IOException e) {
                LOG.debug("The server is not told that the client leaves: {}", e.getMessage());
            }
        }
    }
}
