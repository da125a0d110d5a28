package org.symbolon.tests.ssh.x509;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/**
 * AsyncSSH, which speaks RFC 6187, in a folder.
 *
 * @param folder where its scripts, keys and certificates are
 */
record AsyncSsh(Path folder) {
    private static final String PACKAGE = "python3-asyncssh";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Logs in by a key and a certificate in files. */
    Program logIn(int port, String user, Path key, Path certificate, Path authority) throws Exception {
        List<Object> command = command("client.py");
        command.addAll(List.of(port, user, key, certificate, authority));
        return Program.run(folder, Map.of(), command);
    }

    /** Starts a server with a key and a certificate in files, for the users in a file like {@code authorized_keys}. */
    Server serve(Path key, Path certificate, Path authority, Path authorized) throws Exception {
        Path log = folder.resolve("server.log");
        List<String> words = new ArrayList<>();
        command("server.py").forEach(word -> words.add(word.toString()));
        for (Path file : List.of(key, certificate, authority, authorized)) {
            words.add(file.toString());
        }
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Server server = new Server(process, log);
        Awaitility.await().atMost(PATIENCE).until(() -> server.port().isPresent() || !process.isAlive());
        return server;
    }

    /** A server that runs. */
    record Server(Process process, Path log) implements AutoCloseable {
        Optional<Integer> port() throws IOException {
            return Files.readAllLines(log).stream()
                    .filter(line -> line.startsWith("port "))
                    .map(line -> Integer.valueOf(line.substring("port ".length())))
                    .findFirst();
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }

    private List<Object> command(String script) throws IOException {
        Peer.requireFile(PACKAGE, Path.of("/usr/lib/python3/dist-packages/asyncssh/__init__.py"));
        Path file = folder.resolve(script);
        try (InputStream text = AsyncSsh.class.getResourceAsStream(script)) {
            Files.write(file, Objects.requireNonNull(text, script).readAllBytes());
        }
        return new ArrayList<>(List.of("/usr/bin/python3", "-W", "ignore", file));
    }
}
