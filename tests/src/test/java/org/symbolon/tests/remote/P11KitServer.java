package org.symbolon.tests.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.symbolon.tests.Program;

/** {@code p11-kit server} on a unix socket, in front of a SoftHSM: a process for each client. */
final class P11KitServer implements AutoCloseable {
    private final SoftHsm softHsm;
    private final Path socket;
    private Process process;

    P11KitServer(SoftHsm softHsm, String socket) throws IOException {
        this.softHsm = softHsm;
        this.socket = softHsm.folder().resolve(socket);
        this.process = start();
    }

    /** The server's URI. */
    String uri() {
        return "p11:unix:path=" + socket;
    }

    private Process start() throws IOException {
        Files.deleteIfExists(socket);
        ProcessBuilder builder = new ProcessBuilder(
                        softHsm.p11Kit().toString(),
                        "server",
                        "--foreground",
                        "--name",
                        socket.toString(),
                        "--provider",
                        softHsm.module().toString(),
                        "pkcs11:")
                .redirectErrorStream(true)
                .redirectOutput(softHsm.folder().resolve("server.log").toFile());
        builder.environment().put("SOFTHSM2_CONF", softHsm.configuration().toString());
        Process started = builder.start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(socket));
        return started;
    }

    /** Returns how many clients are being served: each by a process. */
    long clients() {
        return process.descendants().filter(ProcessHandle::isAlive).count();
    }

    /** Stops the server without ending it: it takes connections and does not answer. */
    void hang() throws IOException, InterruptedException {
        Program stopped = Program.run("kill", "-STOP", Long.toString(process.pid()));
        if (stopped.exitCode() != 0) {
            throw new IOException(stopped.output());
        }
    }

    /** Ends the server and all that it serves at once, and starts it anew. */
    void restart() throws IOException {
        close();
        process = start();
    }

    /** Ends the server and the process of each client by SIGKILL. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
