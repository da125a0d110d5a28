package org.symbolon.tests.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.MechanismType;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;

/** Caml Crush both ways: its client library on our tokens, our client at its server over SoftHSM 2. */
class CamlCrushTest {
    private static final byte[] MESSAGE = "a message of the tests".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void itsClientLibrary_listsAndSignsWithOurToken() throws Exception {
        try (TokenModule tokens = SoftTokens.inMemory();
                Session session = SoftTokens.newSession(tokens, "Served");
                RemoteTokenServer server = RemoteTokenServer.builder()
                        .module(tokens)
                        .camlCrush(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .start()) {
            KeyPairObject pair = session.generateKeyPair(
                    Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
                    Template.label("signer").id(Bytes.of((byte) 7)));
            String address = server.addresses().get(0);
            assertThat(tool(address, "--list-token-slots")).contains("Served");
            assertThat(tool(address, "--list-objects", "--login", "--pin", "user pin of the tests"))
                    .contains("Private Key Object; RSA", "signer");

            Path message = Files.write(folder.resolve("message"), MESSAGE);
            Path signature = folder.resolve("signature");
            tool(
                    address,
                    "--sign",
                    "--mechanism",
                    "SHA256-RSA-PKCS",
                    "--id",
                    "07",
                    "--login",
                    "--pin",
                    "user pin of the tests",
                    "--input-file",
                    message.toString(),
                    "--output-file",
                    signature.toString());

            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(PublicKeys.of(pair.publicKey()));
            verifier.update(MESSAGE);
            assertThat(verifier.verify(Files.readAllBytes(signature))).isTrue();
        }
    }

    private String tool(String address, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Peer.require("pkcs11-tool", "opensc").toString(),
                "--module",
                Peer.requireFile(
                                "caml-crush-clients",
                                Path.of("/usr/lib/x86_64-linux-gnu/caml-crush/libp11clienttcp.so"),
                                Path.of("/usr/lib/aarch64-linux-gnu/caml-crush/libp11clienttcp.so"))
                        .toString()));
        command.addAll(List.of(arguments));
        Program tool = Program.run(
                folder,
                Map.of(
                        "PKCS11PROXY_SOCKET_PATH",
                        address.substring("crush://".length()),
                        "PKCS11PROXY_LIBNAME",
                        "symbolon"),
                command);
        assertThat(tool.exitCode()).as(tool.output()).isZero();
        return tool.output();
    }

    @Test
    void ourClient_listsAndSignsThroughItsServer() throws Exception {
        try (SoftHsm softHsm = new SoftHsm()) {
            int port = freePort();
            Process server = itsServer(softHsm, port);
            try {
                Awaitility.await().atMost(PATIENCE).until(() -> isListening(server, port));
                try (TokenModule module = TokenModule.open("p11:crush://localhost:" + port + "/softhsm");
                        Pin soPin = Pin.of("12345678".toCharArray());
                        Pin pin = Pin.of("654321".toCharArray())) {
                    module.emptySlot().initialize("Crushed", soPin);
                    try (Session officer = module.token("Crushed").open(Login.securityOfficer(soPin))) {
                        officer.initPin(pin);
                    }
                    try (Session session = module.token("Crushed").open(Login.user(pin))) {
                        KeyPairObject pair = session.generateKeyPair(
                                Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("signer"));
                        assertThat(session.privateKey("signer").id())
                                .isEqualTo(pair.privateKey().id());
                        byte[] signature = session.sign(
                                pair.privateKey(),
                                Mechanism.of(MechanismType.named("CKM_ECDSA")),
                                java.security.MessageDigest.getInstance("SHA-256")
                                        .digest(MESSAGE));
                        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
                        verifier.initVerify(PublicKeys.of(pair.publicKey()));
                        verifier.update(MESSAGE);
                        assertThat(verifier.verify(signature)).isTrue();
                    }
                }
            } finally {
                server.descendants().forEach(ProcessHandle::destroy);
                server.destroy();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private Process itsServer(SoftHsm softHsm, int port) throws IOException {
        Path filter = Files.writeString(
                folder.resolve("filter.conf"), "debug = 0\nmodules = [(\"softhsm\", \"" + softHsm.module() + "\")]\n");
        Path configuration = Files.writeString(folder.resolve("proxy.conf"), """
            netplex {
              controller {
                max_level = "err";
                socket_directory = "%1$s";
                logging { type = "stderr"; }
              };
              service {
                name = "PKCS#11 Filtering Proxy";
                protocol {
                  name = "rpc_pkcs11";
                  tcp_nodelay = true;
                  address { type = "internet"; bind = "127.0.0.1:%2$d"; };
                };
                processor {
                  type = "rpc_pkcs11";
                  filter_config = "%3$s";
                  use_ssl = false;
                };
                workload_manager {
                  type = "dynamic";
                  max_jobs_per_thread = 1;
                  min_free_jobs_capacity = 1;
                  max_free_jobs_capacity = 1;
                  max_threads = 100;
                };
              };
            }
            """.formatted(folder, port, filter));
        ProcessBuilder builder = new ProcessBuilder(
                        Peer.require("pkcs11proxyd", "caml-crush-server").toString(),
                        "-fg",
                        "-conf",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("proxy.log").toFile());
        builder.environment().put("SOFTHSM2_CONF", softHsm.configuration().toString());
        return builder.start();
    }

    private boolean isListening(Process server, int port) throws IOException {
        assertThat(server.isAlive())
                .as(() -> folder.resolve("proxy.log").toString())
                .isTrue();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }
}
