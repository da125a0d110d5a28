package org.symbolon.tests.remote;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.symbolon.tests.Program;

/** A server in a process of its own, on a unix socket, that tests end, stop and start. */
interface RestartableServer extends AutoCloseable {
    Path socket();

    /** The process of now, or the last one. */
    Process process();

    /** Starts it again after it was ended; returns when it listens. */
    void start() throws IOException;

    /** Returns how many clients are being served. */
    long clients();

    default String uri() {
        return "p11:" + endpoint();
    }

    /** The URI as the setting {@code endpoints} takes it. */
    default String endpoint() {
        return "unix:path=" + socket();
    }

    /** Sends a signal to the server and to all processes that it has started, none of which escapes. */
    default void signal(String name) throws IOException, InterruptedException {
        kill("STOP", Stream.of(process().toHandle()));
        kill(name, process().descendants());
        kill(name, Stream.of(process().toHandle()));
        if (!name.equals("STOP")) {
            kill("CONT", Stream.of(process().toHandle()));
        }
    }

    private static void kill(String name, Stream<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> ids = processes
                .filter(ProcessHandle::isAlive)
                .map(process -> Long.toString(process.pid()))
                .collect(Collectors.toList());
        if (!ids.isEmpty()) {
            Program.run(
                    Stream.concat(Stream.of("kill", "-" + name), ids.stream()).toArray());
        }
    }

    /** Ends the server by a signal, and waits for its end. */
    default void end(String signal) throws IOException, InterruptedException {
        signal(signal);
        process().onExit().join();
    }

    /** Ends the server and all that it serves at once, and starts it anew. */
    default void restart() throws IOException {
        close();
        start();
    }

    /** Waits until the socket takes connections. */
    default void awaitOpen() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(90))
                .until(this::isOpen);
    }

    private boolean isOpen() {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends the server and its processes by SIGKILL. */
    @Override
    default void close() {
        process().descendants().forEach(ProcessHandle::destroyForcibly);
        process().destroyForcibly();
        process().onExit().join();
    }
}
