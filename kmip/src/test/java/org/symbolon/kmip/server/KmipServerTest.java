package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Pin;
import org.symbolon.kmip.enumeration.QueryFunction;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.Authentication;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.OperationTable;
import org.symbolon.kmip.message.RequestBatchItem;
import org.symbolon.kmip.message.RequestHeader;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.message.ResponseMessage;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UsernameAndPassword;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.operation.Query;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MessageFrame;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvLimits;
import org.symbolon.serve.PrometheusText;

/** The server through a TLS socket. */
class KmipServerTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    private MachineRig rig;
    private KmipServer server;
    private KeyStore serverKeys;
    private KeyStore clientKeys;

    @BeforeEach
    void start() throws Exception {
        rig = new MachineRig();
        serverKeys = keys("server");
        clientKeys = keys("alice");
        server = KmipServer.builder(rig.session())
                .tls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), context(serverKeys, clientKeys, true))
                .maxClients(2)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        rig.close();
    }

    private KeyStore keys(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static SSLContext context(KeyStore own, KeyStore peer, boolean shows)
            throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        String name = peer.aliases().nextElement();
        trusted.setCertificateEntry(name, peer.getCertificate(name));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shows ? keys.getKeyManagers() : new KeyManager[0], trust.getTrustManagers(), null);
        return context;
    }

    private Socket connect(boolean shows) throws GeneralSecurityException, IOException {
        Socket socket = context(clientKeys, serverKeys, shows)
                .getSocketFactory()
                .createSocket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static byte[] query(KmipVersion version) {
        Query.Request query = new Query.Request(List.of(QueryFunction.QUERY_SERVER_INFORMATION), null);
        RequestBatchItem item = new RequestBatchItem(
                OperationTable.rowOf(query).operation(),
                null,
                null,
                MessageCodec.encodePayload(query, version),
                List.of());
        return TtlvEncoder.encode(
                MessageCodec.encode(new RequestMessage(MachineRig.header(version, 1), List.of(item))));
    }

    private static ResponseMessage response(Socket socket) throws IOException {
        byte[] message = MessageFrame.read(socket.getInputStream(), MessageCodec.RESPONSE, TtlvLimits.DEFAULT)
                .orElseThrow();
        return MessageCodec.decodeResponse(TtlvDecoder.decode(message, TtlvLimits.DEFAULT));
    }

    @Test
    void requests_onOneConnection_areAnsweredInOrder() throws Exception {
        try (Socket socket = connect(true)) {
            for (KmipVersion version : KmipVersion.SUPPORTED) {
                socket.getOutputStream().write(query(version));
            }
            for (KmipVersion version : KmipVersion.SUPPORTED) {
                ResponseMessage response = response(socket);
                assertThat(response.header().protocolVersion()).isEqualTo(version);
                assertThat(response.items().get(0).resultStatus()).isEqualTo(ResultStatus.SUCCESS);
            }
        }
    }

    @Test
    void client_withoutCertificate_isNotLetIn() throws Exception {
        try (Socket socket = connect(false)) {
            assertThatThrownBy(() -> {
                        socket.getOutputStream().write(query(KmipVersion.V1_2));
                        response(socket);
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void client_thatSpeaksSomethingElse_isCutOffAloneAndOthersAreServed() throws Exception {
        try (Socket socket = connect(true)) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        requests_onOneConnection_areAnsweredInOrder();
    }

    @Test
    void clients_beyondTheLimit_areRefusedUntilOneLeaves() throws Exception {
        try (Socket first = connect(true);
                Socket second = connect(true)) {
            first.getOutputStream().write(query(KmipVersion.V1_2));
            second.getOutputStream().write(query(KmipVersion.V1_2));
            response(first);
            response(second);
            assertThatThrownBy(() -> {
                        try (Socket third = connect(true)) {
                            third.getOutputStream().write(query(KmipVersion.V1_2));
                            response(third);
                        }
                    })
                    .isInstanceOfAny(IOException.class, java.util.NoSuchElementException.class);
        }
        Awaitility.await().until(() -> server.clients() == 0);
        requests_onOneConnection_areAnsweredInOrder();
    }

    @Test
    void close_endsIdleConnectionsAndIsIdempotent() throws Exception {
        try (Socket socket = connect(true)) {
            socket.getOutputStream().write(query(KmipVersion.V1_4));
            response(socket);
            server.close();
            server.close();
            assertThat(server.clients()).isLessThanOrEqualTo(1);
            assertThatThrownBy(() -> response(socket))
                    .isInstanceOfAny(IOException.class, java.util.NoSuchElementException.class);
        }
    }

    @Test
    void http_onTheSamePort_isAnsweredBesideTtlv() throws Exception {
        byte[] query = query(KmipVersion.V2_1);
        try (Socket socket = connect(true)) {
            for (int i = 0; i < 2; i++) {
                socket.getOutputStream()
                        .write(("POST /kmip HTTP/1.1\r\nHost: here\r\nContent-Type: application/octet-stream\r\n"
                                        + "Content-Length: " + query.length + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(query);
                assertThat(head(socket)).startsWith("HTTP/1.1 200 OK\r\n");
                assertThat(response(socket).items().get(0).resultStatus()).isEqualTo(ResultStatus.SUCCESS);
            }
            socket.getOutputStream().write(query);
            assertThat(response(socket).items().get(0).resultStatus()).isEqualTo(ResultStatus.SUCCESS);
        }
    }

    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        return head.toString();
    }

    @Test
    void callers_whoNeverShakeHands_takeNobodysPlace() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) { // of two who may be clients
                Socket socket = new Socket(
                        server.address().getAddress(), server.address().getPort());
                silent.add(socket);
                socket.getOutputStream().write(i % 2 == 0 ? new byte[] {22, 3, 1} : new byte[0]);
            }
            requests_onOneConnection_areAnsweredInOrder();
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void request_byteByByte_isAnswered() throws Exception {
        try (Socket socket = connect(true)) {
            for (byte each : query(KmipVersion.V1_4)) {
                socket.getOutputStream().write(each);
            }
            assertThat(response(socket).items().get(0).resultStatus()).isEqualTo(ResultStatus.SUCCESS);
        }
    }

    @Test
    void request_ofFourGigabytes_isCutOff() throws Exception {
        try (Socket socket = connect(true)) {
            socket.getOutputStream().write(new byte[] {0x42, 0, 0x78, 1, -1, -1, -1, -8, 0, 0, 0, 0, 0, 0, 0, 0});
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        requests_onOneConnection_areAnsweredInOrder();
    }

    @Test
    void client_withoutCertificate_isLetInByItsPassword_whereThatIsAllowed() throws Exception {
        try (Pin password = Pin.of("secret".toCharArray());
                KmipServer other = KmipServer.builder(rig.session())
                        .tls(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                context(serverKeys, clientKeys, true))
                        .certificateOptional()
                        .authenticator(KmipUsers.builder()
                                .user("alice", PasswordHash.of(password))
                                .build())
                        .start();
                Socket socket = context(clientKeys, serverKeys, false)
                        .getSocketFactory()
                        .createSocket(
                                other.address().getAddress(), other.address().getPort())) {
            socket.getOutputStream().write(locate(UsernameAndPassword.of("alice", password)));
            assertThat(response(socket).items().get(0).resultStatus()).isEqualTo(ResultStatus.SUCCESS);
            socket.getOutputStream().write(locate(UsernameAndPassword.of("bob", password)));
            assertThat(response(socket).items().get(0).resultReason())
                    .isEqualTo(ResultReason.AUTHENTICATION_NOT_SUCCESSFUL);
        }
    }

    private static byte[] locate(UsernameAndPassword user) {
        Locate.Request locate = new Locate.Request(null, null, null, null, Attributes.NONE);
        RequestHeader header = new RequestHeader(
                KmipVersion.V1_2,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                new Authentication(List.of(user)),
                null,
                null,
                null,
                1);
        RequestBatchItem item = new RequestBatchItem(
                OperationTable.rowOf(locate).operation(),
                null,
                null,
                MessageCodec.encodePayload(locate, KmipVersion.V1_2),
                List.of());
        return TtlvEncoder.encode(MessageCodec.encode(new RequestMessage(header, List.of(item))));
    }

    @Test
    void metrics_countOperationsByWhatCameOfThem() throws Exception {
        requests_onOneConnection_areAnsweredInOrder();
        PrometheusText text = new PrometheusText();
        server.writeTo(text);

        assertThat(text.toString())
                .contains("symbolon_kmip_operations_total{operation=\"Query\",result=\"Success\"} "
                        + KmipVersion.SUPPORTED.size())
                .contains("symbolon_kmip_connections_total 1\n");
        assertThat(server.health().isGood()).isTrue();
    }
}
