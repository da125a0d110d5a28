package org.symbolon.tests.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code symbolon serve} in a JVM of its own, in front of a soft token. */
final class ServeProcess implements RestartableServer {
    private final Path folder;
    private final Path database;
    private final Path socket;
    private Process process;
    private long idleSockets;

    /** Starts one, without waiting until it listens. */
    ServeProcess(Path folder, Path database, String socket) throws IOException {
        this.folder = folder;
        this.database = database;
        this.socket = folder.resolve(socket);
        this.process = newProcess();
    }

    private Process newProcess() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.symbolon.cli.Main",
                        "serve",
                        "--token",
                        "soft:sqlite:" + database,
                        "--socket",
                        socket.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(socket.getFileName() + ".log").toFile()));
        builder.environment().put("SYMBOLON_CONFIG", "");
        builder.environment().put("XDG_CONFIG_HOME", folder.toString());
        return builder.start();
    }

    @Override
    public Path socket() {
        return socket;
    }

    @Override
    public Process process() {
        return process;
    }

    @Override
    public void start() throws IOException {
        process = newProcess();
        awaitOpen();
    }

    /** Notes how many sockets it has while it serves nobody. */
    void isIdle() {
        idleSockets = sockets();
    }

    @Override
    public long clients() {
        return Math.max(0, sockets() - idleSockets); // the question whether it listens may still have been open
    }

    private long sockets() {
        return Descriptors.sockets(process.pid());
    }

    /** What it printed. */
    List<String> log() throws IOException {
        return Files.readAllLines(folder.resolve(socket.getFileName() + ".log"));
    }
}
