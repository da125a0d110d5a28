package org.symbolon.remote.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;

@Timeout(120)
class MonitoringTest {
    private static final RpcMessage SLOTS = RpcMessage.of(RpcCall.GET_SLOT_LIST, new Octet(1), new Buffer(16));

    @TempDir
    Path folder;

    private final SlowModule module = new SlowModule();
    private Path socket;
    private RemoteTokenServer server;

    @BeforeEach
    void start() throws IOException {
        socket = folder.resolve("s");
        server = RemoteTokenServer.builder()
                .module(module.module())
                .unixSocket(socket)
                .monitoring(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .start();
    }

    @AfterEach
    void close() {
        module.answer();
        server.close();
    }

    private String ask(String request) throws IOException {
        InetSocketAddress address = server.monitoringAddress().orElseThrow();
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            client.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(client.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private String get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: here\r\n\r\n");
    }

    private void awaitGoodHealth() {
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> get("/health").endsWith("\r\n\r\nok\n"));
    }

    @Test
    void health_beforeTheModulesHaveAnswered_isBad() throws IOException {
        assertThat(get("/health"))
                .startsWith("HTTP/1.1 503 ")
                .endsWith("\r\n\r\nthe modules have not been asked yet\n");
        module.answer();
        awaitGoodHealth();
    }

    @Test
    void metrics_afterSomeCalls_haveThemByFunctionAndResult() throws IOException {
        module.answer();
        try (WireClient client = WireClient.initialized(socket)) {
            client.call(SLOTS);
            client.call(SLOTS);
            client.call(RpcMessage.of(RpcCall.CLOSE_SESSION, new Ulong(77)));
            awaitGoodHealth();
            String reply = get("/metrics");
            assertThat(reply)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n")
                    .contains("\nsymbolon_operations_total{function=\"C_GetSlotList\",result=\"CKR_OK\"} 2\n")
                    .contains("\nsymbolon_operations_total{function=\"C_CloseSession\","
                            + "result=\"CKR_SESSION_HANDLE_INVALID\"} 1\n")
                    .contains(
                            "\nsymbolon_operation_duration_seconds_bucket{function=\"C_GetSlotList\",le=\"+Inf\"} 2\n")
                    .contains("\nsymbolon_operation_duration_seconds_count{function=\"C_GetSlotList\"} 2\n")
                    .contains("\nsymbolon_clients 1\n")
                    .contains("\nsymbolon_healthy 1\n");
            String body = reply.substring(reply.indexOf("\r\n\r\n") + 4);
            assertThat(Arrays.asList(body.split("\n", -1)).subList(0, body.split("\n", -1).length - 1))
                    .allMatch(line -> line.matches(
                            "# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? "
                                    + "[0-9]+(\\.[0-9]+)?"));
        }
    }

    @Test
    void health_ofAModuleThatDoesNotAnswer_isBadAndKeepsDetailsToItself() throws IOException {
        assertThat(server.metrics()).contains("symbolon_clients_max 1024");
        module.fail(true);
        module.answer();
        assertThat(server.health().problems()).containsExactly("module 1 does not answer: CKR_DEVICE_REMOVED");
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> get("/health").startsWith("HTTP/1.1 503 "));
        assertThat(get("/health")).endsWith("\r\n\r\nmodule 1 does not answer: CKR_DEVICE_REMOVED\n");
        assertThat(get("/metrics")).contains("\nsymbolon_healthy 0\n");
        module.fail(false);
        awaitGoodHealth();
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /secrets HTTP/1.1', 404",
        "'GET /metrics?x HTTP/1.1', 404",
        "'POST /metrics HTTP/1.1', 405",
        "'rubbish', 400",
        "'', 400"
    })
    void request_ofAnotherKind_isRefused(String line, String status) throws IOException {
        assertThat(ask(line + "\r\n\r\n")).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void callers_whoSayNothingOrTooMuch_keepNobodyElseOut() throws IOException {
        InetSocketAddress address = server.monitoringAddress().orElseThrow();
        try (Socket silent = new Socket(address.getAddress(), address.getPort());
                Socket other = new Socket(address.getAddress(), address.getPort());
                Socket endless = new Socket(address.getAddress(), address.getPort())) {
            assertThat(sendUntilCutOff(endless)).isTrue();
            assertThat(get("/metrics")).startsWith("HTTP/1.1 200 OK");
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(other.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static boolean sendUntilCutOff(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        try {
            for (int i = 0; i < 100_000; i++) {
                out.write(new byte[1024]);
            }
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    @Test
    void port_ofAServerThatEnds_isClosed() {
        InetSocketAddress address = server.monitoringAddress().orElseThrow();
        module.answer();
        server.close();
        assertThat(server.health().problems()).contains("the server ends");
        await("the thread that listens to leave the system's call")
                .untilAsserted(() -> assertThatThrownBy(
                                () -> new Socket(address.getAddress(), address.getPort()).close())
                        .isInstanceOf(IOException.class));
    }
}
