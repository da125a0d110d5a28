package org.symbolon.spring;

import org.apache.sshd.server.SshServer;

/**
 * A bean that has a say in the SSH server of {@code symbolon.ssh.server} before it starts. Those with {@code @Order} are
 * asked in that order.
 */
@FunctionalInterface
public interface SshServerCustomizer {
    /**
     * Changes a server that is set up and not yet started.
     *
     * @param server the server
     */
    void customize(SshServer server);
}
