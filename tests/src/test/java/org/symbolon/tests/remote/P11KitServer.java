package org.symbolon.tests.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** {@code p11-kit server} on a unix socket, in front of a SoftHSM: a process for each client. */
final class P11KitServer implements RestartableServer {
    private final SoftHsm softHsm;
    private final Path socket;
    private Process process;

    P11KitServer(SoftHsm softHsm, String socket) throws IOException {
        this.softHsm = softHsm;
        this.socket = softHsm.folder().resolve(socket);
        this.process = newProcess();
    }

    @Override
    public Path socket() {
        return socket;
    }

    @Override
    public void start() throws IOException {
        process = newProcess();
    }

    private Process newProcess() throws IOException {
        Files.deleteIfExists(socket);
        softHsm.repairTokens();
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

    @Override
    public Process process() {
        return process;
    }

    @Override
    public void end(String signal) throws IOException, InterruptedException {
        RestartableServer.super.end(signal);
        softHsm.repairTokens();
    }

    /** Returns how many clients are being served: each by a process. */
    @Override
    public long clients() {
        return process.descendants().filter(ProcessHandle::isAlive).count();
    }
}
