package org.symbolon.remote.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.serve.Arrivals;

/** Clients that want to be many, slow or deaf: none of them costs much, and another client notices nothing. */
@Timeout(300)
class ServerFloodTest {
    private static final Logger LOG = LoggerFactory.getLogger(ServerFloodTest.class);
    private static final int WANTED = 10_000;
    private static final int SPARE_DESCRIPTORS = 1000;
    private static final RpcMessage SLOTS = RpcMessage.of(RpcCall.GET_SLOT_LIST, new Octet(1), new Buffer(16));

    @TempDir
    Path folder;

    private TestClients tokens;
    private Path socket;
    private RemoteTokenServer server;

    @BeforeEach
    void start() throws Exception {
        tokens = new TestClients();
        socket = folder.resolve("s");
        server = RemoteTokenServer.builder()
                .module(tokens.module())
                .unixSocket(socket)
                .tls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SSLContext.getDefault())
                .requestTimeout(Duration.ofSeconds(1))
                .start();
    }

    @AfterEach
    void close() {
        server.close();
        tokens.close();
    }

    private static long ofTheSystem(String attribute) throws JMException {
        Object value = ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("java.lang:type=OperatingSystem"), attribute);
        return (Long) value;
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private long metric(String name) {
        Matcher line =
                Pattern.compile("(?m)^" + Pattern.quote(name) + " ([0-9]+)$").matcher(server.metrics());
        assertThat(line.find()).as(name).isTrue();
        return Long.parseLong(line.group(1));
    }

    private static void assertServed(WireClient client) throws IOException {
        assertThat(client.call(SLOTS).failure()).isZero();
    }

    private SocketAddress address(String transport) {
        if (transport.equals("unix")) {
            return UnixDomainSocketAddress.of(socket);
        }
        String address = server.addresses().get(1);
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix", "tls"})
    void connections_thatSayNothing_costNoThreadAndDisturbNobody(String transport) throws Exception {
        long before = ofTheSystem("OpenFileDescriptorCount");
        int number = (int) Math.min(WANTED, ofTheSystem("MaxFileDescriptorCount") - before - SPARE_DESCRIPTORS);
        LOG.info("{} connections that say nothing, by {}", number, transport);
        List<SocketChannel> silent = new ArrayList<>();
        try (WireClient other = WireClient.initialized(socket)) {
            int threads = threads();
            for (int i = 0; i < number; i++) {
                silent.add(SocketChannel.open(address(transport)));
                if (i % 500 == 0) {
                    assertServed(other);
                    assertThat(threads()).isLessThanOrEqualTo(threads + 2);
                    assertThat(metric("symbolon_arrivals")).isLessThanOrEqualTo(Arrivals.MAX);
                }
            }
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> metric("symbolon_arrivals") == 0);
            assertThat(metric("symbolon_cut_off_total{reason=\"pending\"}")
                            + metric("symbolon_cut_off_total{reason=\"late\"}"))
                    .isEqualTo(number);
            assertThat(server.clients()).isEqualTo(1);
            assertServed(other);
            try (WireClient next = WireClient.initialized(socket)) {
                assertServed(next);
            }
        } finally {
            for (SocketChannel each : silent) {
                each.close();
            }
        }
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> ofTheSystem("OpenFileDescriptorCount") <= before + 10);
    }

    @Test
    void callers_thatFillThePortWithTls_keepNobodyFromTheSocket() throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        try {
            for (int i = 0; i < Arrivals.MAX + 10; i++) {
                silent.add(SocketChannel.open(address("tls")));
            }
            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> metric("symbolon_cut_off_total{reason=\"pending\"}") >= 10);
            assertThat(metric("symbolon_arrivals")).isEqualTo(Arrivals.MAX);
            try (WireClient client = WireClient.initialized(socket)) {
                assertServed(client);
            }
        } finally {
            for (SocketChannel each : silent) {
                each.close();
            }
        }
    }

    @Test
    void callers_thatStopWithinAHandshake_keepNobodyFromTheirs() throws Exception {
        List<SocketChannel> slow = new ArrayList<>();
        try (Socket other = new Socket()) {
            for (int i = 0; i < 64; i++) {
                SocketChannel each = SocketChannel.open(address("tls"));
                slow.add(each);
                each.write(ByteBuffer.wrap(new byte[] {22}));
            }
            other.connect(address("tls"));
            other.getOutputStream().write("no handshake at all".getBytes(US_ASCII));
            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> metric("symbolon_cut_off_total{reason=\"handshake\"}") == 1);
            assertThat(metric("symbolon_cut_off_total{reason=\"late\"}")).isZero();
        } finally {
            for (SocketChannel each : slow) {
                each.close();
            }
        }
    }

    @Test
    void clients_thatAreIdle_waitWithoutAThreadAndAreAnsweredWhenTheySpeak() throws Exception {
        List<WireClient> idle = new ArrayList<>();
        try (WireClient busy = WireClient.initialized(socket)) {
            for (int i = 0; i < 200; i++) {
                idle.add(WireClient.initialized(socket));
            }
            for (int i = 0; i < 500; i++) {
                assertServed(busy);
            }
            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> clientThreads() <= 1 || Runtime.version().feature() >= 21);
            assertThat(server.clients()).isEqualTo(201);
            for (WireClient each : idle) {
                assertServed(each);
            }
        } finally {
            for (WireClient each : idle) {
                each.close();
            }
        }
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> server.clients() == 0);
    }

    private static long clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("symbolon-client-"))
                .count();
    }

    @Test
    void request_thatComesAByteAtATime_isCutOff() throws Exception {
        try (WireClient other = WireClient.initialized(socket);
                WireClient slow = WireClient.initialized(socket)) {
            slow.sendRaw(new byte[] {0, 0, 0});
            assertThat(slow.isCutOff()).isTrue();
            assertServed(other);
            assertThat(metric("symbolon_cut_off_total{reason=\"late\"}")).isEqualTo(1);
        }
    }

    @Test
    void reply_thatNobodyTakes_isCutOff() throws Exception {
        try (WireClient other = WireClient.initialized(socket);
                WireClient deaf = WireClient.initialized(socket)) {
            RpcMessage opened = deaf.call(RpcMessage.of(RpcCall.OPEN_SESSION, new Ulong(1), new Ulong(4)));
            assertThat(opened.failure()).isZero();
            long session = opened.ulong(0);
            for (int i = 0; i < 4; i++) {
                deaf.request(RpcMessage.of(RpcCall.GENERATE_RANDOM, new Ulong(session), new Buffer(1 << 20)));
            }
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> server.clients() == 1);
            assertThat(metric("symbolon_cut_off_total{reason=\"late\"}")).isEqualTo(1);
            assertServed(other);
        }
    }
}
