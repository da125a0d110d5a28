package org.symbolon.spring;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.SshConfiguration;

/**
 * SSH with keys that stay in tokens.
 *
 * @param users Name of the token that holds the users' authorized keys.
 * @param userLabel Label of a user's keys, in which {user} stands for the user's name.
 * @param findBy By what a user's key is found.
 * @param cacheAge How old an answer about a user's keys may be, at most an hour. 0 asks the token each time.
 * @param cacheSize How many keys are remembered at most.
 * @param outage How long remembered keys let users in while the token cannot be reached, at most 7 days. 0 refuses.
 * @param revocation Which part of a login a key must still be there for. signed-request looks up each key twice.
 * @param endSessions How often the keys of live sessions are looked up again, at most a day. Default is never.
 * @param trustedUserCaKeys OpenSSH public keys, one a line, of the CAs that may certify every user.
 * @param hostKeys Name of the token that holds the server's host keys.
 * @param hostKeyLabel Labels of the host keys. Default is every private key that can sign.
 * @param selfService What users may do with their keys by themselves.
 * @param x509 How users and hosts are known by X.509 certificates.
 * @param server The SSH server, started if it has a port.
 */
record SshProperties(
        @Nullable String users,
        @DefaultValue(SshConfiguration.USER) String userLabel,
        @DefaultValue("id") SshConfiguration.FindBy findBy,
        @DefaultValue("0") Duration cacheAge,
        @DefaultValue("100000") int cacheSize,
        @DefaultValue("0") Duration outage,
        @DefaultValue("probe") SshConfiguration.Revocation revocation,
        @Nullable Duration endSessions,
        @DefaultValue List<String> trustedUserCaKeys,
        @Nullable String hostKeys,
        @DefaultValue List<String> hostKeyLabel,
        @NestedConfigurationProperty @DefaultValue SshSelfServiceProperties selfService,
        @NestedConfigurationProperty @DefaultValue SshX509Properties x509,
        @DefaultValue Server server) {
    /**
     * The server.
     *
     * @param port Port to listen on, 0 for any free one. There is no server without it.
     * @param address Address to listen on. Default is every address of the machine.
     * @param workers Threads that serve connections; at most half of them wait for tokens.
     * @param tokenDeadline How long a login waits for a token.
     * @param maxUnauthenticated Connections that have not logged in yet, at most.
     * @param loginGrace How long a connection may take to log in.
     */
    record Server(
            @Nullable Integer port,
            @Nullable InetAddress address,
            @DefaultValue("32") int workers,
            @DefaultValue("2s") Duration tokenDeadline,
            @DefaultValue("512") int maxUnauthenticated,
            @DefaultValue("2m") Duration loginGrace) {}

    /**
     * Returns what the configuration file would say of users and logins.
     *
     * @throws SymbolonPropertyException if a time or number is out of its range
     */
    SshConfiguration ofUsers() {
        return new SshConfiguration(
                Optional.ofNullable(users),
                userLabel,
                findBy,
                Optional.empty(),
                Optional.empty(),
                checked(
                        "cache-age, cache-size or outage",
                        () -> new SshConfiguration.Cache(cacheAge, cacheSize, outage)),
                checked(
                        "end-sessions",
                        () -> new SshConfiguration.Logins(revocation, Optional.ofNullable(endSessions))),
                new SshConfiguration.Limits(
                        Optional.of(server.workers()),
                        Optional.of(server.tokenDeadline()),
                        Optional.of(server.maxUnauthenticated()),
                        Optional.of(server.loginGrace())));
    }

    /** Returns the session with the token of the users' keys, which a property wants. */
    Session usersIn(SymbolonTokens tokens, String wanting) throws TokenException, ConfigurationException {
        String property = SymbolonProperties.PREFIX + ".ssh.users";
        if (users == null) {
            throw new SymbolonPropertyException(wanting, "wants a token with users' keys; set " + property, null);
        }
        return tokens.session(tokens.named(property, users));
    }

    /** Makes something of properties; a mistake in them is theirs. */
    static <T> T checked(String properties, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new SymbolonPropertyException(
                    SymbolonProperties.PREFIX + ".ssh." + properties, "cannot be used: " + e.getMessage(), e);
        }
    }
}
