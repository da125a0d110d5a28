package org.symbolon.ssh.agent;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.symbolon.ModuleOptions;
import org.symbolon.ModuleUri;
import org.symbolon.config.SshAgentSocket;
import org.symbolon.spi.ModuleFactory;
import org.symbolon.spi.ModuleSpi;

/**
 * Opens running ssh-agents as modules with one token: {@code agent:} for the one of {@code SSH_AUTH_SOCK}, {@code agent:PATH} for
 * another. Their keys sign, so that a key of a YubiKey's or a password manager's agent is a JCA key.
 */
public final class AgentModuleFactory implements ModuleFactory {
    /** Makes the factory; {@link java.util.ServiceLoader} does. */
    public AgentModuleFactory() {}

    @Override
    public Set<String> schemes() {
        return Set.of("agent");
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public ModuleSpi open(ModuleUri uri, ModuleOptions options) {
        return new AgentModule(SshAgentClient.of(socket(uri), options.timeout()));
    }

    private static Path socket(ModuleUri uri) {
        if (uri.rest().isEmpty()) {
            return SshAgentSocket.ofProcess()
                    .orElseThrow(() -> new IllegalArgumentException("agent: is the agent of SSH_AUTH_SOCK, which is not"
                            + " set; name the socket, as in agent:/run/user/1000/agent.sock"));
        }
        try {
            return Path.of(uri.rest());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("agent:PATH names a socket, such as agent:/run/user/1000/agent.sock", e);
        }
    }
}
