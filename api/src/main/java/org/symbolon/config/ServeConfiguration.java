package org.symbolon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code symbolon serve} shows to PKCS #11 programs and to KMIP clients, and where.
 *
 * @param tokens the names of the tokens that are served; none means all
 * @param sockets the unix sockets that it listens on
 * @param users whom it lets in there beside the user that it runs as, by name
 * @param tls the port with TLS that it listens on
 * @param maxClients how many clients may be connected at a time
 * @param sessionsPerClient how many sessions a client may have open
 * @param requestTimeout how long a request may take to arrive once it has begun, and a reply to be taken
 * @param monitoring where {@code /metrics} and {@code /health} are answered
 * @param kmip what KMIP clients are shown
 * @param ssh what OpenSSH's server is answered
 * @param agent whether the ssh-agent of {@link Configuration#agent} is served, too
 * @param drain how long calls that run may take when the server is ended
 */
public record ServeConfiguration(
        List<String> tokens,
        List<Path> sockets,
        Set<String> users,
        Optional<Tls> tls,
        int maxClients,
        int sessionsPerClient,
        Duration requestTimeout,
        Optional<Address> monitoring,
        Optional<KmipConfiguration> kmip,
        Ssh ssh,
        boolean agent,
        Duration drain) {
    private static final ServeConfiguration DEFAULTS = new ServeConfiguration(
            List.of(),
            List.of(),
            Set.of(),
            Optional.empty(),
            1024,
            1024,
            Duration.ofSeconds(30),
            Optional.empty(),
            Optional.empty(),
            Ssh.NONE,
            false,
            Duration.ofSeconds(10));

    /**
     * Where a port is.
     *
     * @param host a name or address of this machine's
     * @param port the port, 0 for one that is free
     */
    public record Address(String host, int port) {}

    /**
     * A port with TLS.
     *
     * @param address where it is
     * @param keyStore the PKCS #12 file with the server's key and certificate
     * @param keyStorePassword where the file's password is
     * @param trust the file with the certificates, in PEM, of the authorities whose clients are let in
     * @param revoked the file with those authorities' lists of revoked certificates; empty if nobody asks for them
     */
    public record Tls(
            Address address, Path keyStore, SecretReference keyStorePassword, Path trust, Optional<Path> revoked) {}

    /**
     * What OpenSSH's server is answered.
     *
     * @param token the name of the token that is asked; empty takes that of the users' keys, or the only one
     * @param lookup the unix socket on which sshd's commands ask for keys and principals; empty if nobody does
     * @param users who may ask there beside the user that it runs as, by name
     * @param revokedKeys the file of sshd's RevokedKeys, kept as the token says; empty if there is none
     */
    public record Ssh(Optional<String> token, Optional<Path> lookup, Set<String> users, Optional<Path> revokedKeys) {
        static final Ssh NONE = new Ssh(Optional.empty(), Optional.empty(), Set.of(), Optional.empty());

        /** Copies the users. */
        public Ssh {
            users = Set.copyOf(users);
        }

        /**
         * Whether there is anything to do.
         *
         * @return true if there is a socket or a file
         */
        public boolean isWanted() {
            return lookup.isPresent() || revokedKeys.isPresent();
        }
    }

    /** Copies the lists. */
    public ServeConfiguration {
        tokens = List.copyOf(tokens);
        sockets = List.copyOf(sockets);
        users = Set.copyOf(users);
    }

    static ServeConfiguration ofDefaults() {
        return DEFAULTS;
    }
}
