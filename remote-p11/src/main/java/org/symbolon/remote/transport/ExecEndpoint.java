package org.symbolon.remote.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.symbolon.Deadline;
import org.symbolon.transport.Aside;
import org.symbolon.transport.CallWatch;

/**
 * A program that is started for each connection and speaks on its standard input and output, such as
 * {@code p11-kit remote /path/module.so}: a native module in a process of its own.
 *
 * @param command the program and its arguments; no shell sees them
 */
public record ExecEndpoint(List<String> command) implements Endpoint {
    public ExecEndpoint {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a command names a program");
        }
        command = List.copyOf(command);
    }

    @Override
    public Transport connect(CallWatch watch, Deadline deadline) throws IOException {
        return new Started(Aside.run(new ProcessBuilder(command)::start, Started::destroyForcibly, deadline));
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public String toString() {
        return "the command " + command.get(0);
    }

    private static final class Started implements Transport {
        /** How long a program may take to end by itself once its input has ended: it has a token to leave in order. */
        private static final long PATIENCE_MILLIS = 500;

        private final Process process;
        private final LastWords errors;

        Started(Process process) {
            this.process = process;
            this.errors = LastWords.of(process.getErrorStream());
        }

        @Override
        public InputStream input() {
            return process.getInputStream();
        }

        @Override
        public OutputStream output() {
            return process.getOutputStream();
        }

        @Override
        public String lastWords() {
            return errors.get();
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            CompletableFuture<Process> end =
                    process.onExit().completeOnTimeout(process, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            CompletableFuture<Void> unused = end.thenAccept(Started::destroyForcibly);
        }

        /** Ends the program at once: one that hangs or is stopped does not end by being asked. */
        @Override
        public void cut() {
            destroyForcibly(process);
        }

        private static void destroyForcibly(Process process) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
