package org.symbolon.remote.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Capability;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;

/**
 * A fuzz target: a client that is logged in to a soft token and sends what it likes. The first byte is the version of the
 * protocol, 3 for a client of ours; then come requests, each behind its length in two bytes. A request is malformed, or gets an answer that decodes.
 *
 * <p>A login costs much more than all else, so clients stay for many runs; what their session had begun is ended before each.
 */
public final class ServerFuzz {
    private static final int MAX_REQUESTS = 32;
    private static final int RUNS_OF_A_TOKEN = 2000;
    private static final long SESSION = 1;
    private static final long USER_FUNCTIONS = 3; // CKS_RW_USER_FUNCTIONS
    private static final long ALL_OPERATIONS = 0x00ff_ff40L;

    private static final Map<Integer, LoggedIn> CLIENTS = new HashMap<>();
    private static TestClients token = newToken();
    private static int runs;

    private ServerFuzz() {}

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        serve(data);
    }

    /** Serves a client and returns how many of its requests were answered. */
    static int serve(byte[] data) {
        int version = data.length == 0 ? Dialect.NEWEST : data[0] & 0x3;
        LoggedIn client = client(version);
        int answered = 0;
        int at = 1;
        for (int i = 0; i < MAX_REQUESTS && at + 2 <= data.length; i++) {
            int end = at + 2 + ByteBuffer.wrap(data, at, 2).getChar();
            answered +=
                    client.isAnswered(Arrays.copyOfRange(data, at + 2, Math.max(at + 2, Math.min(end, data.length))))
                            ? 1
                            : 0;
            at = end;
        }
        return answered;
    }

    private static LoggedIn client(int version) {
        LoggedIn known = CLIENTS.get(version);
        if (++runs % RUNS_OF_A_TOKEN != 0 && known != null && known.isUser()) {
            known.begin();
            return known;
        }
        LoggedIn client = new LoggedIn(version);
        if (runs % RUNS_OF_A_TOKEN == 0 || !client.isUser()) {
            CLIENTS.values().forEach(LoggedIn::close);
            CLIENTS.clear();
            token.close();
            token = newToken(); // without the objects that earlier runs made, and with a PIN that nobody changed
            client = new LoggedIn(version);
        }
        CLIENTS.put(version, client);
        return client;
    }

    private static TestClients newToken() {
        try {
            return new TestClients();
        } catch (TokenException e) {
            throw new IllegalStateException("no token", e);
        }
    }

    /** A client whose first session is its user's; after version 2 comes one of ours. */
    private static final class LoggedIn {
        private final Conversation conversation;
        private final RequestReader reader;
        private final RpcCodec codec;

        LoggedIn(int version) {
            boolean ours = version > Dialect.NEWEST;
            Dialect dialect = ours ? Dialect.V2.with(EnumSet.allOf(Capability.class)) : Dialect.of(version);
            conversation = token.conversation(version);
            reader = ours ? RequestReader.of(dialect) : RequestReader.of(version);
            codec = new RpcCodec(dialect);
            byte[] pin = "user-pin".getBytes(StandardCharsets.US_ASCII);
            call(WireClient.initialize(WireClient.HANDSHAKE), ours ? Capability.offer() : Bytes.empty());
            call(RpcMessage.of(RpcCall.OPEN_SESSION, new Ulong(1), new Ulong(TestClients.RW)), Bytes.empty());
            call(
                    RpcMessage.of(
                            RpcCall.LOGIN, new Ulong(SESSION), new Ulong(TestClients.USER), new Data(Bytes.wrap(pin))),
                    Bytes.empty());
        }

        boolean isUser() {
            RpcMessage info = call(RpcMessage.of(RpcCall.GET_SESSION_INFO, new Ulong(SESSION)), Bytes.empty());
            return info.failure() == 0 && info.ulong(1) == USER_FUNCTIONS;
        }

        /** Ends what an earlier run began. */
        void begin() {
            call(RpcMessage.of(RpcCall.SESSION_CANCEL, new Ulong(SESSION), new Ulong(ALL_OPERATIONS)), Bytes.empty());
        }

        private RpcMessage call(RpcMessage request, Bytes options) {
            try {
                return exchange(request, new RpcFrame(1, options, Bytes.wrap(codec.encodeRequest(request))));
            } catch (IOException e) {
                throw new AssertionError(request + " is not answered", e);
            }
        }

        boolean isAnswered(byte[] body) {
            RpcMessage request;
            try {
                request = reader.read(body).message();
            } catch (MalformedMessageException e) {
                return false;
            }
            try {
                exchange(request, new RpcFrame(1, Bytes.empty(), Bytes.wrap(body)));
            } catch (IOException e) {
                throw new AssertionError(request + " is not answered", e);
            }
            return true;
        }

        private RpcMessage exchange(RpcMessage request, RpcFrame frame) throws IOException {
            Conversation.Exchange exchange = conversation.read(frame);
            if (exchange.mayBeOvertaken()) {
                exchange.prepare();
            }
            RpcFrame reply =
                    RpcFrame.read(new ByteArrayInputStream(exchange.reply())).orElseThrow();
            return codec.decodeReply(reply.body().sharedArray(), request).message();
        }

        void close() {
            conversation.close();
        }
    }
}
