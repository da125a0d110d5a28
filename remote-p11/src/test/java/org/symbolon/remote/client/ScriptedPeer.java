package org.symbolon.remote.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.symbolon.Deadline;
import org.symbolon.remote.transport.Endpoint;
import org.symbolon.remote.transport.Transport;
import org.symbolon.transport.CallWatch;

/** A peer that does what a test tells it, one script for each connection in turn; the last one is for all that follow. */
final class ScriptedPeer implements Endpoint {
    private final List<Script> scripts;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private int connections;

    /** What the peer does with a connection; when it ends, so does the connection. */
    @FunctionalInterface
    interface Script {
        void run(InputStream in, OutputStream out) throws IOException;
    }

    ScriptedPeer(Script... scripts) {
        this.scripts = new ArrayList<>(List.of(scripts));
    }

    int connections() {
        return connections;
    }

    List<Throwable> failures() {
        return failures;
    }

    @Override
    public Transport connect(CallWatch watch, Deadline deadline) throws IOException {
        Script script = scripts.get(Math.min(connections, scripts.size() - 1));
        connections++;
        PipedInputStream input = new PipedInputStream(1 << 20);
        PipedOutputStream toClient = new PipedOutputStream(input);
        PipedInputStream fromClient = new PipedInputStream(1 << 20);
        PipedOutputStream output = new PipedOutputStream(fromClient);
        Thread thread = new Thread(
                () -> {
                    try (toClient) {
                        script.run(fromClient, toClient);
                    } catch (IOException | AssertionError e) {
                        failures.add(e);
                    }
                },
                "scripted-peer");
        thread.setDaemon(true);
        thread.start();
        return new Piped(input, output, toClient);
    }

    @Override
    public String toString() {
        return "the scripted peer";
    }

    private record Piped(PipedInputStream input, PipedOutputStream output, PipedOutputStream fromPeer)
            implements Transport {
        @Override
        public String lastWords() {
            return "";
        }

        @Override
        public void close() {
            try {
                fromPeer.close();
                output.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
