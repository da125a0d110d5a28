package org.symbolon.config;

import java.nio.file.Path;
import java.util.Optional;

/** Where the ssh-agent is that this process was started with. */
public final class SshAgentSocket {
    private SshAgentSocket() {}

    /**
     * Returns the socket that {@code SSH_AUTH_SOCK} names.
     *
     * @return the socket, or empty if the variable is not set
     */
    public static Optional<Path> ofProcess() {
        return Environment.OF_PROCESS
                .variable("SSH_AUTH_SOCK")
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }
}
