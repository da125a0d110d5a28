package org.symbolon.remote.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.TokenException;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Text;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.Argument.Version;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.remote.transport.Endpoint;

/** A peer with one token that answers every call as it should, but for those that a test answers. Counts what it is asked. */
final class ScriptedModule {
    static final TokenName TOKEN = new TokenName("T", "T", "T", "T");
    private static final long RW_USER_FUNCTIONS = 3;
    private static final long TOKEN_FLAGS = 0x40d; // random numbers, a login, a user's PIN, initialized
    private static final long NOT_SUPPORTED = 0x54; // CKR_FUNCTION_NOT_SUPPORTED
    private static final List<Long> MECHANISMS = List.of(0x1040L, 0x1041L, 0x1044L); // EC key pairs, ECDSA, its SHA-256
    private static final long ANYTHING = 0xff_ff00; // all functions of a mechanism

    private final ScriptedPeer peer = new ScriptedPeer(this::serve);
    private final Map<RpcCall, Function<RpcMessage, Optional<RpcMessage>>> answers =
            Collections.synchronizedMap(new EnumMap<>(RpcCall.class));
    private final List<RpcCall> asked = new CopyOnWriteArrayList<>();
    private final AtomicLong sessions = new AtomicLong();

    /** Has a call answered by a test; empty ends the connection. */
    ScriptedModule on(RpcCall call, Function<RpcMessage, Optional<RpcMessage>> answer) {
        answers.put(call, answer);
        return this;
    }

    /** Has the connection end when a call comes. */
    ScriptedModule dropOn(RpcCall call) {
        return on(call, request -> Optional.empty());
    }

    long count(RpcCall call) {
        return asked.stream().filter(call::equals).count();
    }

    Endpoint endpoint() {
        return peer;
    }

    ClientSettings settings(int connections) {
        return settings(peer, connections, Duration.ofSeconds(5));
    }

    /** The settings of a module that is reached at one place. */
    static ClientSettings settings(Endpoint endpoint, int connections, Duration reconnect) {
        return new ClientSettings(
                List.of(endpoint), connections, Duration.ofDays(1), reconnect, Duration.ofSeconds(1), Optional.empty());
    }

    ConnectionPool pool(Connector connector, int connections) throws TokenException {
        try (Pin pin = Pin.of("1234".toCharArray())) {
            Credential credential = Credential.of(Login.user(pin), true);
            return new ConnectionPool(
                    new ConnectionOpener(connector, TOKEN, credential, false, () -> "c"), true, connections);
        }
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    private void serve(InputStream in, OutputStream out) throws IOException {
        RpcCodec codec = new RpcCodec(Dialect.V2);
        in.read();
        out.write(2);
        out.flush();
        while (true) {
            Optional<RpcFrame> frame = RpcFrame.read(in);
            if (frame.isEmpty()) {
                return;
            }
            RpcMessage request =
                    codec.decodeRequest(frame.get().body().sharedArray()).message();
            asked.add(request.call());
            Optional<RpcMessage> reply = answers.getOrDefault(request.call(), asked -> Optional.of(answer(asked)))
                    .apply(request);
            if (reply.isEmpty()) {
                return;
            }
            byte[] body = codec.encodeReply(reply.get());
            out.write(new RpcFrame(frame.get().code(), Bytes.empty(), Bytes.wrap(body)).encode());
            out.flush();
        }
    }

    /** Answers a call as a module with one token does. */
    RpcMessage answer(RpcMessage request) {
        return switch (request.call()) {
            case GET_INFO ->
                RpcMessage.of(
                        RpcCall.GET_INFO,
                        new Version(3, 2),
                        text("scripted", 32),
                        new Ulong(0),
                        text("scripted", 32),
                        new Version(1, 0));
            case GET_SLOT_LIST -> RpcMessage.of(RpcCall.GET_SLOT_LIST, new Ulongs(List.of(1L)));
            case GET_SLOT_INFO ->
                RpcMessage.of(
                        RpcCall.GET_SLOT_INFO,
                        text("slot", 64),
                        text("scripted", 32),
                        new Ulong(1),
                        new Version(1, 0),
                        new Version(1, 0));
            case GET_TOKEN_INFO -> tokenInfo();
            case GET_MECHANISM_LIST -> RpcMessage.of(RpcCall.GET_MECHANISM_LIST, new Ulongs(MECHANISMS));
            case GET_MECHANISM_INFO ->
                RpcMessage.of(RpcCall.GET_MECHANISM_INFO, new Ulong(256), new Ulong(521), new Ulong(ANYTHING));
            case OPEN_SESSION -> RpcMessage.of(RpcCall.OPEN_SESSION, new Ulong(sessions.incrementAndGet()));
            case GET_SESSION_INFO ->
                RpcMessage.of(
                        RpcCall.GET_SESSION_INFO,
                        new Ulong(1),
                        new Ulong(RW_USER_FUNCTIONS),
                        new Ulong(6),
                        new Ulong(0));
            case GENERATE_KEY_PAIR -> RpcMessage.of(RpcCall.GENERATE_KEY_PAIR, new Ulong(1), new Ulong(2));
            case FIND_OBJECTS -> RpcMessage.of(RpcCall.FIND_OBJECTS, new Ulongs(List.of()));
            case GENERATE_RANDOM, SIGN, SIGN_FINAL, SIGN_AT_ONCE ->
                RpcMessage.of(request.call(), new Data(Bytes.wrap(new byte[64])));
            default ->
                request.call().reply().types().isEmpty()
                        ? RpcMessage.of(request.call())
                        : RpcMessage.error(NOT_SUPPORTED);
        };
    }

    private static RpcMessage tokenInfo() {
        List<Argument> arguments = new ArrayList<>();
        for (int length : new int[] {32, 32, 16, 16}) {
            arguments.add(text("T", length));
        }
        arguments.add(new Ulong(TOKEN_FLAGS));
        for (int i = 1; i < 11; i++) {
            arguments.add(new Ulong(4));
        }
        arguments.add(new Version(1, 0));
        arguments.add(new Version(1, 0));
        arguments.add(text("", 16));
        return new RpcMessage(RpcCall.GET_TOKEN_INFO, arguments);
    }

    private static Text text(String text, int length) {
        String padded = text + " ".repeat(length - text.length());
        return new Text(Bytes.wrap(padded.getBytes(StandardCharsets.US_ASCII)));
    }
}
