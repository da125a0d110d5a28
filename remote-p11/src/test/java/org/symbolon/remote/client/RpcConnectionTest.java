package org.symbolon.remote.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Capability;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.transport.CallWatch;

@Timeout(60)
class RpcConnectionTest {
    private static final RpcMessage LOGOUT = RpcMessage.of(RpcCall.LOGOUT, new Ulong(1));
    private static final RpcMessage RANDOM =
            RpcMessage.of(RpcCall.GENERATE_RANDOM, new Ulong(1), new org.symbolon.remote.rpc.Argument.Buffer(2));

    private final CallWatch watch = new CallWatch();

    @AfterEach
    void stop() {
        watch.close();
    }

    @Test
    void open_eachRelease_agreesOnItsVersion() throws Exception {
        for (int version = 0; version <= 2; version++) {
            int answer = version;
            ScriptedPeer peer = new ScriptedPeer((in, out) -> {
                assertThat(in.read()).isEqualTo(2);
                out.write(answer);
                answerInitialize(in, out);
            });
            try (RpcConnection connection = open(peer)) {
                assertThat(connection.dialect()).isEqualTo(Dialect.of(version));
            }
            assertThat(peer.failures()).isEmpty();
        }
    }

    @Test
    void open_aServerThatDropsANewerVersion_offersTheOldest() throws Exception {
        ScriptedPeer peer = new ScriptedPeer(
                (in, out) -> assertThat(in.read()).as("0.24.0 goes away here").isEqualTo(2), (in, out) -> {
                    assertThat(in.read()).isZero();
                    out.write(0);
                    answerInitialize(in, out);
                });
        try (RpcConnection connection = open(peer)) {
            assertThat(connection.dialect()).isEqualTo(Dialect.V0);
        }
        assertThat(peer.connections()).isEqualTo(2);
        assertThat(peer.failures()).isEmpty();
    }

    @Test
    void open_aServerThatAnswersMoreThanWasOffered_isRefused() {
        ScriptedPeer peer = new ScriptedPeer((in, out) -> {
            assertThat(in.read()).isEqualTo(2);
            out.write('S'); // of SSH-2.0
        });
        assertThatThrownBy(() -> open(peer))
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageContaining("version 83")
                .hasMessageContaining("is this PKCS #11 RPC?");
    }

    @Test
    void open_whenInitializeFails_saysWhy() {
        ScriptedPeer peer = new ScriptedPeer((in, out) -> {
            assertThat(in.read()).isEqualTo(2);
            out.write(2);
            RpcFrame frame = RpcFrame.read(in).orElseThrow(EOFException::new);
            write(out, frame.code(), RpcMessage.error(5));
        });
        assertThatThrownBy(() -> open(peer))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("CKR_GENERAL_ERROR");
    }

    @Test
    void exchange_repliesInAnyOrder_givesThemInOurs() throws Exception {
        ScriptedPeer peer = new ScriptedPeer((in, out) -> {
            greet(in, out);
            RpcFrame first = RpcFrame.read(in).orElseThrow(EOFException::new);
            RpcFrame second = RpcFrame.read(in).orElseThrow(EOFException::new);
            write(out, second.code(), RpcMessage.of(RpcCall.GENERATE_RANDOM, new Data(Bytes.of((byte) 1, (byte) 2))));
            write(out, first.code(), RpcMessage.of(RpcCall.LOGOUT));
        });
        try (RpcConnection connection = open(peer)) {
            List<RpcMessage> replies = connection.exchange(List.of(LOGOUT, RANDOM), soon());
            assertThat(replies).extracting(RpcMessage::call).containsExactly(RpcCall.LOGOUT, RpcCall.GENERATE_RANDOM);
        }
        assertThat(peer.failures()).isEmpty();
    }

    @Test
    void exchange_manyRequests_neverHasMoreUnderWayThanAFlight() throws Exception {
        int count = 2000;
        ScriptedPeer peer = new ScriptedPeer((in, out) -> {
            greet(in, out);
            for (int i = 0; i < count; i++) {
                assertThat(in.available()).isLessThan(64 * 1024);
                RpcFrame frame = RpcFrame.read(in).orElseThrow(EOFException::new);
                write(out, frame.code(), RpcMessage.of(RpcCall.LOGOUT));
            }
        });
        try (RpcConnection connection = open(peer)) {
            List<RpcMessage> requests = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                requests.add(LOGOUT);
            }
            assertThat(connection.exchange(requests, soon())).hasSize(count);
        }
        assertThat(peer.failures()).isEmpty();
    }

    @Test
    void call_answeredToACodeThatNobodySent_endsTheConnection() throws Exception {
        assertLost("code 99", (out, code) -> write(out, 99, RpcMessage.of(RpcCall.LOGOUT)));
    }

    @Test
    void call_answeredByHalfAFrame_endsTheConnection() throws Exception {
        assertLost("within a frame", (out, code) -> out.write(new byte[] {0, 0, 0, 0x11, 0, 0}));
    }

    @Test
    void call_answeredByTooLargeAFrame_endsTheConnection() throws Exception {
        assertLost(
                "2147483647 bytes", (out, code) -> out.write(new byte[] {0, 0, 0, 0x11, 0, 0, 0, 0, 0x7f, -1, -1, -1}));
    }

    @Test
    void call_notAnswered_endsTheConnection() throws Exception {
        assertLost("without an answer", (out, code) -> {});
    }

    @Test
    void call_thatIsNeverAnswered_endsWithItsDeadline() throws Exception {
        ScriptedPeer peer = new ScriptedPeer((in, out) -> {
            greet(in, out);
            in.readAllBytes();
        });
        try (RpcConnection connection = open(peer)) {
            assertThatThrownBy(() -> connection.call(LOGOUT, Deadline.after(Duration.ofMillis(100))))
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("no answer within PT0.1S while waiting for the scripted peer");
            assertThat(connection.isBroken()).isTrue();
        }
    }

    @Test
    void call_onAThreadThatIsInterrupted_ends() throws Exception {
        ScriptedPeer peer = new ScriptedPeer((in, out) -> {
            greet(in, out);
            in.readAllBytes();
        });
        try (RpcConnection connection = open(peer)) {
            Thread caller = Thread.currentThread();
            Thread other = new Thread(caller::interrupt);
            other.start();
            assertThatThrownBy(() -> connection.call(LOGOUT, soon()))
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("interrupted while waiting for the scripted peer");
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            other.join();
        }
    }

    /** What the peer does instead of an answer to a call. */
    @FunctionalInterface
    private interface Misbehaviour {
        void instead(OutputStream out, int code) throws IOException;
    }

    private void assertLost(String reason, Misbehaviour misbehaviour) throws Exception {
        ScriptedPeer peer = new ScriptedPeer((in, out) -> {
            greet(in, out);
            RpcFrame frame = RpcFrame.read(in).orElseThrow(EOFException::new);
            misbehaviour.instead(out, frame.code());
        });
        try (RpcConnection connection = open(peer)) {
            assertThatThrownBy(() -> connection.call(LOGOUT, soon()))
                    .isInstanceOf(ConnectionLostException.class)
                    .hasMessageContaining(reason);
            assertThat(connection.isBroken()).isTrue();
            assertThatThrownBy(() -> connection.call(LOGOUT, soon())).hasMessageContaining("ended before");
        }
        assertThat(peer.failures()).isEmpty();
    }

    @Test
    void open_aPeerThatHasACapability_agreesOnIt() throws Exception {
        try (RpcConnection connection = open(answeringTheOffer("symbolon/1 one-shot"))) {
            assertThat(connection.dialect().capabilities()).containsExactly(Capability.ONE_SHOT);
        }
    }

    @Test
    void open_aPeerThatWritesOtherOptions_isSpokenToAsP11Kit() throws Exception {
        try (RpcConnection connection = open(answeringTheOffer("client one-shot"))) {
            assertThat(connection.dialect()).isEqualTo(Dialect.V2);
        }
    }

    @Test
    void open_aPeerThatClaimsWhatWasNotOffered_endsTheConnection() {
        for (String claim : List.of("symbolon/1 one-shot teleport", "symbolon/1 one-shot one-shot", "symbolon/1 ")) {
            assertThatThrownBy(() -> open(answeringTheOffer(claim)))
                    .isInstanceOf(ConnectionLostException.class)
                    .hasMessageContaining("capabilities");
        }
    }

    private static ScriptedPeer answeringTheOffer(String options) {
        return new ScriptedPeer((in, out) -> {
            assertThat(in.read()).isEqualTo(2);
            out.write(2);
            RpcFrame frame = RpcFrame.read(in).orElseThrow(EOFException::new);
            byte[] body = new RpcCodec(Dialect.V2).encodeReply(RpcMessage.of(RpcCall.INITIALIZE));
            Bytes words = Bytes.wrap(options.getBytes(StandardCharsets.US_ASCII));
            out.write(new RpcFrame(frame.code(), words, Bytes.wrap(body)).encode());
            out.flush();
            in.read();
        });
    }

    private RpcConnection open(ScriptedPeer peer) throws TokenException, ConnectionLostException {
        return RpcConnection.open(new EndpointHealth(peer), Optional.empty(), watch, soon());
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    private static void greet(InputStream in, OutputStream out) throws IOException {
        assertThat(in.read()).isEqualTo(2);
        out.write(2);
        answerInitialize(in, out);
    }

    private static void answerInitialize(InputStream in, OutputStream out) throws IOException {
        RpcFrame frame = RpcFrame.read(in).orElseThrow(EOFException::new);
        assertThat(frame.options().toHex()).isEqualTo(Capability.offer().toHex());
        assertThat(new RpcCodec(Dialect.V2)
                        .decodeRequest(frame.body().sharedArray())
                        .message()
                        .call())
                .isEqualTo(RpcCall.INITIALIZE);
        write(out, frame.code(), RpcMessage.of(RpcCall.INITIALIZE));
    }

    private static void write(OutputStream out, int code, RpcMessage reply) throws IOException {
        byte[] body = new RpcCodec(Dialect.V2).encodeReply(reply);
        out.write(new RpcFrame(code, Bytes.empty(), Bytes.wrap(body)).encode());
        out.flush();
    }
}
