package org.symbolon.spring;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.symbolon.config.SshConfiguration;

/**
 * SSH with keys that stay in tokens.
 *
 * @param users Name of the token that holds the users' authorized keys.
 * @param userLabel Label of a user's keys, in which {user} stands for the user's name.
 * @param findBy By what a user's key is found.
 * @param hostKeys Name of the token that holds the server's host keys.
 * @param hostKeyLabel Labels of the host keys. Default is every private key that can sign.
 * @param server The SSH server, started if it has a port.
 */
record SshProperties(
        @Nullable String users,
        @DefaultValue(SshConfiguration.USER) String userLabel,
        @DefaultValue("id") SshConfiguration.FindBy findBy,
        @Nullable String hostKeys,
        @DefaultValue List<String> hostKeyLabel,
        @DefaultValue Server server) {
    /**
     * The server.
     *
     * @param port Port to listen on, 0 for any free one. There is no server without it.
     * @param address Address to listen on. Default is every address of the machine.
     */
    record Server(@Nullable Integer port, @Nullable InetAddress address) {}

    /** Returns what the configuration file would say of the users' keys. */
    SshConfiguration ofUsers() {
        return new SshConfiguration(Optional.ofNullable(users), userLabel, findBy, Optional.empty(), Optional.empty());
    }
}
