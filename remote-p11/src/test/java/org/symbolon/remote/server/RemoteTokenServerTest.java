package org.symbolon.remote.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Pkcs11Uri;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.serve.ClientStream;
import org.symbolon.serve.RefusalLog;
import org.symbolon.soft.SoftModule;

class RemoteTokenServerTest {
    private static final RpcMessage SLOTS = RpcMessage.of(RpcCall.GET_SLOT_LIST, new Octet(1), new Buffer(16));

    @TempDir
    Path folder;

    private TokenModule module;
    private Path socket;
    private RemoteTokenServer server;

    @BeforeEach
    void start() throws TokenException, IOException {
        module = SoftModule.builder().memory().open();
        socket = folder.resolve("s");
        server = RemoteTokenServer.builder()
                .module(module)
                .unixSocket(socket)
                .maxClients(3)
                .drain(Duration.ofSeconds(5))
                .start();
    }

    @AfterEach
    void close() {
        server.close();
        module.close();
    }

    private static void assertServed(WireClient client) throws IOException {
        assertThat(client.call(SLOTS).get(0)).isEqualTo(new Ulongs(List.of(1L)));
    }

    private void assertCutOff(WireClient offender, WireClient other) throws IOException {
        assertThat(offender.isCutOff()).isTrue();
        assertServed(other);
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> server.clients() == 1);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 2", "3, 2", "255, 2"})
    void version_thatAClientOffers_isAnsweredWithTheBestOfBoth(int offered, int answered) throws IOException {
        try (WireClient client = WireClient.connect(socket, offered)) {
            assertThat(client.answeredVersion()).isEqualTo(answered);
            client.call(WireClient.initialize(WireClient.HANDSHAKE));
            assertServed(client);
        }
    }

    @Test
    void call_beforeInitialize_isRefused() throws IOException {
        try (WireClient client = WireClient.connect(socket, 2)) {
            assertThat(client.call(SLOTS).failure()).isEqualTo(0x190);
            assertThat(client.call(WireClient.initialize("something else")).failure())
                    .isEqualTo(0x5);
            assertThat(client.call(WireClient.initialize(WireClient.HANDSHAKE)).failure())
                    .isZero();
            assertThat(client.call(WireClient.initialize(WireClient.HANDSHAKE)).failure())
                    .isZero();
            assertServed(client);
            client.call(RpcMessage.of(RpcCall.FINALIZE));
            assertThat(client.call(SLOTS).failure()).isEqualTo(0x190);
        }
    }

    @Test
    void call_thatIsKnownAndNotServed_isRefused() throws IOException {
        try (WireClient client = WireClient.initialized(socket)) {
            assertThat(client.call(RpcMessage.of(RpcCall.MESSAGE_SIGN_FINAL, new Ulong(1)))
                            .failure())
                    .isEqualTo(0x54);
            assertServed(client);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // no call at all
                "000000", // half a number
                "0000005a00000000", // a call that there is not
                "0000000000000000", // an error is no request
                "0000000300000001", // a signature that is not there
                "0000000300000001 75", // a signature that is another
                "00000003ffffffff", // a signature that is NULL
                "00000004 00000003 796675 01", // arguments that end too early
                "00000012 00000004 75756179 0000000000000001 0000000000000001 01 7fffffff 31", // a PIN of 2 GiB
                "0000001a 00000003 756141 0000000000000001 10000000", // a template of 268 million attributes
            })
    void request_thatIsNone_cutsItsClientOffAndNoOther(String body) throws IOException {
        try (WireClient other = WireClient.initialized(socket);
                WireClient offender = WireClient.initialized(socket)) {
            offender.send(java.util.HexFormat.of().parseHex(body.replace(" ", "")));
            assertCutOff(offender, other);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, -1, RpcFrame.MAX_BODY_BYTES + 1})
    void frame_thatIsTooLong_cutsItsClientOff(int length) throws IOException {
        try (WireClient other = WireClient.initialized(socket);
                WireClient offender = WireClient.initialized(socket)) {
            offender.sendHeader(length);
            assertCutOff(offender, other);
        }
    }

    @Test
    void templates_nestedAHundredDeep_cutTheirClientOff() throws IOException {
        ByteBuffer body = ByteBuffer.allocate(4096);
        body.putInt(26).putInt(3).put("uaA".getBytes(StandardCharsets.US_ASCII)).putLong(1);
        for (int depth = 0; depth < 100; depth++) {
            body.putInt(1).putInt(0x4000_0211).put((byte) 1).putInt(24);
        }
        byte[] nested = java.util.Arrays.copyOf(body.array(), body.position());
        try (WireClient other = WireClient.initialized(socket);
                WireClient offender = WireClient.initialized(socket)) {
            offender.send(nested);
            assertCutOff(offender, other);
        }
    }

    @Test
    void client_beyondTheNumber_isClosedAtOnce() throws IOException {
        try (WireClient first = WireClient.initialized(socket);
                WireClient second = WireClient.initialized(socket);
                WireClient third = WireClient.initialized(socket);
                WireClient fourth = WireClient.connect(socket, 2)) {
            assertThat(fourth.answeredVersion()).isEqualTo(-1);
            assertServed(first);
            assertServed(second);
            assertServed(third);
        }
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> server.clients() == 0);
        try (WireClient next = WireClient.initialized(socket)) {
            assertServed(next);
        }
    }

    @Test
    void client_thatSaysNothing_isLateAfterFiveSeconds() throws IOException {
        ClientStream silent = new ClientStream(
                TestClients.WHO, "", new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), () -> {});
        Terms terms = Terms.of(ClientLimits.ofDefaults());
        try (ClientConnection connection = new ClientConnection(
                silent, new SlotTable(List.of()), terms, RefusalLog.ofOne(), Runnable::run, false)) {
            long now = System.nanoTime();
            assertThat(connection.isLate(now)).isFalse();
            assertThat(connection.isLate(now + TimeUnit.SECONDS.toNanos(6))).isTrue();
        }
    }

    @Test
    void serve_onStreams_answersUntilTheirEnd() throws IOException {
        RpcCodec codec = new RpcCodec(Dialect.V2);
        RpcMessage initialize = WireClient.initialize(WireClient.HANDSHAKE);
        ByteArrayOutputStream requests = new ByteArrayOutputStream();
        requests.write(2);
        for (RpcMessage request : List.of(initialize, SLOTS)) {
            requests.write(
                    new RpcFrame(7, org.symbolon.Bytes.empty(), org.symbolon.Bytes.wrap(codec.encodeRequest(request)))
                            .encode());
        }
        ByteArrayOutputStream replies = new ByteArrayOutputStream();
        server.serve("a pipe", new ByteArrayInputStream(requests.toByteArray()), replies);

        ByteArrayInputStream in = new ByteArrayInputStream(replies.toByteArray());
        assertThat(in.read()).isEqualTo(2);
        assertThat(RpcFrame.read(in)).isPresent();
        RpcFrame slots = RpcFrame.read(in).orElseThrow();
        assertThat(slots.code()).isEqualTo(7);
        assertThat(codec.decodeReply(slots.body().sharedArray(), SLOTS)
                        .message()
                        .get(0))
                .isEqualTo(new Ulongs(List.of(1L)));
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void socket_ofTheServer_isTheOwnersAndGoneAfterwards() throws IOException {
        assertThat(server.addresses()).containsExactly("unix:path=" + socket);
        assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        WireClient client = WireClient.initialized(socket);
        server.close();
        server.close();
        assertThat(client.isCutOff()).isTrue();
        assertThat(socket).doesNotExist();
    }

    @Test
    void socket_ofAServerThatDied_isReplacedAndNoOtherFileIs() throws IOException {
        assertThatThrownBy(() -> RemoteTokenServer.builder().unixSocket(socket).start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("listens");
        Path file = Files.writeString(folder.resolve("file"), "precious");
        assertThatThrownBy(() -> RemoteTokenServer.builder().unixSocket(file).start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no socket");
        assertThat(file).hasContent("precious");

        Path stale = folder.resolve("stale");
        try (java.nio.channels.ServerSocketChannel dead =
                java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            dead.bind(java.net.UnixDomainSocketAddress.of(stale));
        }
        try (RemoteTokenServer next =
                RemoteTokenServer.builder().module(module).unixSocket(stale).start()) {
            assertThat(next.clients()).isZero();
            WireClient.initialized(stale).close();
        }
    }

    @Test
    void module_withAUri_servesWhatMatches() throws IOException {
        try (RemoteTokenServer none = RemoteTokenServer.builder()
                        .module(module, Pkcs11Uri.ofToken("Nobody"))
                        .unixSocket(folder.resolve("none"))
                        .start();
                WireClient client = WireClient.initialized(folder.resolve("none"))) {
            assertThat(client.call(SLOTS).get(0)).isEqualTo(new Ulongs(List.of()));
            assertThat(none.clients()).isEqualTo(1);
        }
    }

    @Test
    void builder_withLimitsOutOfRange_refuses() {
        RemoteTokenServerBuilder builder = RemoteTokenServer.builder();
        assertThatThrownBy(() -> builder.maxClients(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.sessionsPerClient(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.objectsPerClient(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.drain(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
