package org.symbolon.tests.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.tests.Peer;

/** OpenSSH's server on a port of its own, in a folder of its own. */
public final class OpenSshServer implements AutoCloseable {
    /** Who may log in. */
    public static final String USER = System.getProperty("user.name");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final Process sshd;
    private final int port;

    private OpenSshServer(Path folder, Process sshd, int port) {
        this.folder = folder;
        this.sshd = sshd;
        this.port = port;
    }

    /** Starts it with a host key in a file, and waits until it answers. */
    public static OpenSshServer start(Path folder) throws Exception {
        return start(folder, List.of());
    }

    /**
     * Starts it with more lines of configuration. Its host key is made if there is none in the folder; lines that begin with HostKey
     * say where others are, instead.
     */
    public static OpenSshServer start(Path folder, List<String> configuration) throws Exception {
        Path program = Peer.require("sshd", "openssh-server");
        boolean ownKeys = configuration.stream().noneMatch(line -> line.startsWith("HostKey "));
        if (ownKeys && !Files.exists(folder.resolve("host"))) {
            new OpenSsh(folder).newKey("host", "ed25519", 256);
        }
        int port = freePort();
        Path config = folder.resolve("sshd_config");
        Files.writeString(
                config,
                """
                Port %d
                ListenAddress 127.0.0.1
                PidFile none
                AuthorizedKeysFile %s
                StrictModes no
                UsePAM no
                PermitRootLogin prohibit-password
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                """.formatted(port, folder.resolve("authorized_keys"))
                        + (ownKeys ? "HostKey " + folder.resolve("host") + "\n" : "")
                        + String.join("\n", configuration)
                        + "\n");
        if (USER.equals("root")) {
            Files.createDirectories(
                    Path.of("/run/sshd"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        Process sshd = new ProcessBuilder(program.toString(), "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        OpenSshServer server = new OpenSshServer(folder, sshd, port);
        Awaitility.await().atMost(PATIENCE).until(server::answers);
        return server;
    }

    /** Where it listens on the loopback interface. */
    public int port() {
        return port;
    }

    /** Lets in who has this key, and nobody else. */
    public void authorize(SshPublicKey key) throws IOException {
        authorizeLines(List.of(key.toOpenSshLine("")));
    }

    /** Lets in whom these lines of {@code authorized_keys} let in, and nobody else. */
    public void authorizeLines(List<String> lines) throws IOException {
        Files.write(folder.resolve("authorized_keys"), lines);
    }

    /** Its host key, as a client sees it. */
    public SshPublicKey hostKey() throws Exception {
        return new OpenSsh(folder).scan(port).get(0);
    }

    /** What it wrote so far. */
    public String log() throws IOException {
        return Files.readString(folder.resolve("sshd.log"));
    }

    private boolean answers() {
        assertThat(sshd.isAlive()).isTrue();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        sshd.destroy();
        sshd.onExit().join();
    }
}
