package org.symbolon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code symbolon serve} shows to PKCS #11 programs, and where.
 *
 * @param tokens the names of the tokens that are served; none means all
 * @param sockets the unix sockets that it listens on
 * @param users whom it lets in there beside the user that it runs as, by name
 * @param tls the port with TLS that it listens on
 * @param maxClients how many clients may be connected at a time
 * @param sessionsPerClient how many sessions a client may have open
 * @param drain how long calls that run may take when the server is ended
 */
public record ServeConfiguration(
        List<String> tokens,
        List<Path> sockets,
        Set<String> users,
        Optional<Tls> tls,
        int maxClients,
        int sessionsPerClient,
        Duration drain) {
    private static final ServeConfiguration DEFAULTS = new ServeConfiguration(
            List.of(), List.of(), Set.of(), Optional.empty(), 1024, 1024, Duration.ofSeconds(10));

    /**
     * A port with TLS.
     *
     * @param host the name or address of this machine's that it listens on
     * @param port the port
     * @param keyStore the PKCS #12 file with the server's key and certificate
     * @param keyStorePassword where the file's password is
     * @param trust the file with the certificates, in PEM, of the authorities whose clients are let in
     */
    public record Tls(String host, int port, Path keyStore, SecretReference keyStorePassword, Path trust) {}

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
