package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.symbolon.tests.Program;
import org.symbolon.tests.soft.PostgresqlCluster;

/** A KMIP server in a JVM of its own, behind a relay, which can be taken away in three ways and be brought back. */
final class KmipNode implements AutoCloseable {
    private final int port;
    private final DroppingRelay relay;
    private final List<String> command;
    private Process process;
    private Loss loss = Loss.NONE;

    /** How a node is taken away. */
    enum Loss {
        /** Not at all. */
        NONE,
        /** Its process is killed by SIGKILL. */
        KILLED,
        /** Its process is stopped by SIGSTOP. */
        STOPPED,
        /** Its packets are lost. */
        DROPPED
    }

    KmipNode(KmipKeys keys, PostgresqlCluster cluster, String schema) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        relay = new DroppingRelay(port);
        command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                NodeProgram.class.getName(),
                Integer.toString(port),
                keys.folder().toString(),
                Integer.toString(cluster.port()),
                schema,
                cluster.passwordFile().toString());
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Waits until it listens. */
    void awaitReady() throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        String line = output.readLine();
        while (line != null && !line.equals(NodeProgram.READY)) {
            said.append(line).append('\n');
            line = output.readLine();
        }
        assertThat(line).as(said.toString()).isNotNull();
        Thread reading = new Thread(() -> output.lines().forEach(unused -> {}), "node-output");
        reading.setDaemon(true);
        reading.start();
    }

    int port() {
        return relay.port();
    }

    boolean isLive() {
        return loss == Loss.NONE;
    }

    /** Returns how many bytes clients have sent it. */
    long bytes() {
        return relay.bytes();
    }

    void lose(Loss how) throws Exception {
        loss = how;
        switch (how) {
            case KILLED -> {
                process.destroyForcibly();
                process.waitFor();
            }
            case STOPPED -> Program.run("kill", "-STOP", process.pid());
            case DROPPED -> relay.drop(true);
            case NONE -> throw new IllegalArgumentException("that is no loss");
        }
    }

    /** Brings it back; returns when it listens. */
    void comeBack() throws Exception {
        switch (loss) {
            case KILLED -> {
                process = new ProcessBuilder(command).redirectErrorStream(true).start();
                awaitReady();
            }
            case STOPPED -> Program.run("kill", "-CONT", process.pid());
            case DROPPED -> relay.drop(false);
            case NONE -> throw new IllegalArgumentException("it is there");
        }
        loss = Loss.NONE;
    }

    @Override
    public void close() throws IOException {
        relay.close();
        process.destroyForcibly();
    }
}
