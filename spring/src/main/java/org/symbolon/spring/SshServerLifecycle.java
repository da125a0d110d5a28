package org.symbolon.spring;

import java.io.IOException;
import org.apache.sshd.server.SshServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Starts the SSH server with the application and stops it, with the logins that are open, before the tokens are closed. */
final class SshServerLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SshServerLifecycle.class);

    private final SshServer server;

    SshServerLifecycle(SshServer server) {
        this.server = server;
    }

    @Override
    public void start() {
        try {
            server.start();
            LOG.info("SSH server listens on port {}", server.getPort());
        } catch (IOException e) {
            throw new SymbolonPropertyException(
                    SymbolonProperties.PREFIX + ".ssh.server.port",
                    "is " + server.getPort() + ", where the SSH server cannot listen: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            LOG.warn("The SSH server did not stop cleanly: {}", e.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return server.isStarted();
    }
}
