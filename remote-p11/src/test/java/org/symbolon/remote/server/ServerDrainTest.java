package org.symbolon.remote.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.serve.ClientStream;

/** A server that ends while it is used. */
@Timeout(120)
class ServerDrainTest {
    private static final RpcMessage SLOTS = RpcMessage.of(RpcCall.GET_SLOT_LIST, new Octet(1), new Buffer(16));

    @TempDir
    Path folder;

    @Test
    void close_whileACallRuns_answersItAndWhatCameWithIt() throws Exception {
        SlowModule slow = new SlowModule();
        Path socket = folder.resolve("s");
        RemoteTokenServer server = RemoteTokenServer.builder()
                .module(slow.module())
                .unixSocket(socket)
                .start();
        try (WireClient busy = WireClient.initialized(socket);
                WireClient idle = WireClient.initialized(socket)) {
            byte[] flight = twoRequests();
            int beforeTheEnd = flight.length - 7;
            busy.sendRaw(Arrays.copyOf(flight, beforeTheEnd));
            slow.awaitQuestion();

            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
            assertThat(idle.isCutOff()).isTrue();
            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> !Files.exists(socket));
            assertThat(closing).isNotDone();
            slow.answer();
            assertSlots(busy);
            busy.sendRaw(Arrays.copyOfRange(flight, beforeTheEnd, flight.length));
            assertSlots(busy);

            closing.get(60, TimeUnit.SECONDS);
            assertThat(busy.isCutOff()).isTrue();
            assertThat(server.clients()).isZero();
        }
    }

    @Test
    void closeIfIdle_onAClientThatHasBeenAnsweredOrSpeaks_leavesIt() throws Exception {
        byte[] version = {Dialect.NEWEST};
        try (TestClients clients = new TestClients();
                ClientConnection connection = clients.connection(new ClientStream(
                        TestClients.WHO,
                        "",
                        new ByteArrayInputStream(version),
                        new ByteArrayOutputStream(),
                        () -> {}))) {
            assertThat(connection.serve()).isTrue();
            assertThat(connection.closeIfIdle(Duration.ofDays(1))).isFalse();
            connection.speaks();
            assertThat(connection.closeIfIdle(Duration.ZERO)).isFalse();
            assertThat(connection.isClosed()).isFalse();
        }
    }

    private static byte[] twoRequests() {
        byte[] body = new RpcCodec(Dialect.V2).encodeRequest(SLOTS);
        byte[] one = new RpcFrame(16, Bytes.empty(), Bytes.wrap(body)).encode();
        byte[] two = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, two, one.length, one.length);
        return two;
    }

    private static void assertSlots(WireClient client) throws IOException {
        assertThat(client.reply(SLOTS).get(0)).isEqualTo(new Ulongs(List.of()));
    }
}
