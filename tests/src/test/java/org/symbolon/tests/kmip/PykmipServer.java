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
import java.util.Map;
import org.awaitility.Awaitility;
import org.symbolon.Pin;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.KmipClientBuilder;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/** PyKMIP's server with an authority, a key of its own and a client's, on the loopback. */
final class PykmipServer implements AutoCloseable {
    private static final String PASSWORD = "changeit";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final int port;
    private final Process process;

    private PykmipServer(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static PykmipServer start(Path folder) throws IOException, InterruptedException {
        Path program = Peer.require("pykmip-server", "python3-pykmip");
        Path python = Peer.requireFile("python3-pykmip", Path.of("/usr/bin/python3"));
        makeKeys(folder);
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
                        "certificate_path=" + folder.resolve("server.crt"),
                        "key_path=" + folder.resolve("server.key"),
                        "ca_path=" + folder.resolve("ca.crt"),
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
        PykmipServer server = new PykmipServer(folder, port, process);
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
            return Files.readString(folder.resolve("stdout.log"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A builder of clients that the server knows as alice. */
    KmipClientBuilder client() {
        return KmipClient.builder("127.0.0.1")
                .port(port)
                .trust(folder.resolve("ca.crt"))
                .clientKey(folder.resolve("alice.p12"), Pin.of(PASSWORD.toCharArray()))
                .timeout(Duration.ofSeconds(60));
    }

    /** RSA keys: with those of curves PyKMIP's TLS has no suite that every JDK has. */
    private static void makeKeys(Path folder) throws IOException, InterruptedException {
        openssl(
                folder,
                "req -x509 -newkey rsa:2048 -nodes -sha256 -days 2 -subj /CN=ca -keyout ca.key -out ca.crt"
                        + " -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign");
        makeKey(folder, "server", "serverAuth\nsubjectAltName=DNS:localhost,IP:127.0.0.1\n");
        makeKey(folder, "alice", "clientAuth\n");
        openssl(
                folder,
                "pkcs12 -export -name alice -inkey alice.key -in alice.crt -certfile ca.crt -passout pass:" + PASSWORD
                        + " -out alice.p12");
    }

    private static void makeKey(Path folder, String name, String use) throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve(name + ".ext"),
                "basicConstraints=CA:FALSE\nkeyUsage=digitalSignature,keyEncipherment\nextendedKeyUsage=" + use);
        openssl(
                folder,
                "req -newkey rsa:2048 -nodes -sha256 -subj /CN=" + name + " -keyout " + name + ".key -out " + name
                        + ".csr");
        openssl(
                folder,
                "x509 -req -in " + name + ".csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -sha256 -extfile "
                        + name + ".ext -out " + name + ".crt");
    }

    private static void openssl(Path folder, String arguments) throws IOException, InterruptedException {
        Path openssl = Peer.require("openssl", "openssl");
        Program program = Program.run(folder, Map.of(), List.of((openssl + " " + arguments).split(" ", -1)));
        assertThat(program.exitCode()).as(program.output()).isZero();
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
