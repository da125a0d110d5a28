package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.symbolon.ModuleOptions;
import org.symbolon.kmip.KmipClientBuilder;
import org.symbolon.tests.Peer;

/** PyKMIP's server with an authority, a key of its own and a client's, on the loopback. */
public final class PykmipServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final KmipKeys keys;
    private final int port;
    private final Process process;

    private PykmipServer(KmipKeys keys, int port, Process process) {
        this.keys = keys;
        this.port = port;
        this.process = process;
    }

    /** Starts one whose files lie in a folder. */
    public static PykmipServer start(Path folder) throws IOException, InterruptedException {
        Path program = Peer.require("pykmip-server", "python3-pykmip");
        Path python = Peer.requireFile("python3-pykmip", Path.of("/usr/bin/python3"));
        KmipKeys keys = KmipKeys.make(folder);
        Files.createDirectory(folder.resolve("policy"));
        int port = freePort();
        Path configuration = folder.resolve("server.conf");
        Files.writeString(
                configuration,
                String.join(
                        "\n",
                        "[server]",
                        "hostname=127.0.0.1",
                        "port=" + port,
                        "certificate_path=" + keys.certificate("server"),
                        "key_path=" + keys.privateKey("server"),
                        "ca_path=" + keys.authority(),
                        "auth_suite=TLS1.2",
                        "policy_path=" + folder.resolve("policy"),
                        "enable_tls_client_auth=True",
                        "logging_level=INFO",
                        "database_path=" + folder.resolve("pykmip.db"),
                        ""));
        Process process = new ProcessBuilder(
                        python.toString(),
                        "-W",
                        "ignore",
                        program.toString(),
                        "-f",
                        configuration.toString(),
                        "-l",
                        folder.resolve("server.log").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("stdout.log").toFile())
                .start();
        PykmipServer server = new PykmipServer(keys, port, process);
        Awaitility.await().atMost(PATIENCE).until(server::isListening);
        return server;
    }

    private boolean isListening() throws IOException {
        assertThat(process.isAlive()).as(() -> "PyKMIP ended: " + log()).isTrue();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (java.net.ConnectException e) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(keys.folder().resolve("stdout.log"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    public int port() {
        return port;
    }

    public KmipKeys keys() {
        return keys;
    }

    /** A builder of clients that the server knows as alice. */
    public KmipClientBuilder client() {
        return keys.client(port);
    }

    /** Where the server is, for a module. */
    String uri() {
        return "kmip://127.0.0.1:" + port;
    }

    /** The options of a module that the server knows as alice. */
    ModuleOptions with(ModuleOptions options) {
        return keys.with(options);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Ends the server and the two processes that it has started. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
