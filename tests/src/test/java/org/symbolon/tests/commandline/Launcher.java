package org.symbolon.tests.commandline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/**
 * {@code ./symbolon}, started in a folder, with no configuration but what the folder holds.
 *
 * @param folder where it is started
 */
record Launcher(Path folder) {
    Program run(String... arguments) throws IOException, InterruptedException {
        List<Object> command = new ArrayList<>();
        command.add(script());
        command.addAll(List.of(arguments));
        return Program.run(folder, environment(), command);
    }

    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment());
        return builder.start();
    }

    private Map<String, String> environment() {
        return Map.of("NO_COLOR", "1", "XDG_CONFIG_HOME", folder.toString());
    }

    private static Path script() {
        return Peer.root().resolve("symbolon");
    }
}
